package dev.backstop.listener;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogListenerTest {

  private final Logger logger = (Logger) LoggerFactory.getLogger(LogListener.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void leave() {
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  private void told(Event event) {
    Actor actor = new Actor("backstop-1", "run", "backstop-1/run/1");
    new LogListener()
        .onHistoryEntry(HistoryEntry.of(Instant.EPOCH, actor, "", "", event, "a.yaml:1:1: bad"));
  }

  @Test
  void fileWithAMistakeIsAWarning() {
    told(Event.POLICY_INVALID);
    told(Event.POLICY_BROKEN);
    told(Event.POLICY_MENDED);
    assertThat(lines.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.WARN, Level.INFO);
    assertThat(lines.list.get(0).getFormattedMessage())
        .contains("policy_invalid", "a.yaml:1:1: bad");
  }

  @Test
  void whatPersonsDecideAndWhatIsHeldAreWarnings() {
    told(Event.DISARMED);
    told(Event.ARMED);
    told(Event.APPROVED);
    told(Event.FORGOTTEN);
    told(Event.DELETION_HELD);
    told(Event.BUDGET_HELD);
    told(Event.EDIT_HELD);
    assertThat(lines.list).hasSize(7).allMatch(line -> line.getLevel() == Level.WARN);
  }

  @Test
  void whatRunsAsItShouldIsNoWarning() {
    told(Event.DAEMON_STARTED);
    told(Event.POLICY_ADDED);
    told(Event.STATEMENT);
    told(Event.STOP_PROVEN);
    assertThat(lines.list).hasSize(4).allMatch(line -> line.getLevel() == Level.INFO);
  }

  @Test
  void decisionNamesThePerson() {
    Actor actor = new Actor("backstop-1", "dba", "backstop-1/disarm/1");
    new LogListener()
        .onHistoryEntry(
            HistoryEntry.of(Instant.EPOCH, actor, "hz-prod", "", Event.DISARMED, "maintenance"));
    assertThat(lines.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly("hz-prod disarmed by dba: maintenance");
  }
}
