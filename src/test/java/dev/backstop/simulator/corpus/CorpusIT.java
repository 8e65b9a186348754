package dev.backstop.simulator.corpus;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.kernel.Kernel;
import dev.backstop.kernel.OnKernel;
import dev.backstop.simulator.Simulator;
import dev.backstop.simulator.corpus.Corpus.Item;
import dev.backstop.simulator.corpus.Corpus.Session;
import dev.backstop.simulator.corpus.WireAnswer.Aspect;
import dev.backstop.simulator.sql.Account;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Sends the corpus to the stand-in and to a real kernel; every difference has its reason there. */
@OnKernel
class CorpusIT {

  private static final Map<String, Integer> COMMANDS =
      Map.of(
          "init_db", 0x02,
          "field_list", 0x04,
          "statistics", 0x09,
          "ping", 0x0e,
          "prepare", 0x16,
          "set_option", 0x1b,
          "reset", 0x1f,
          "unknown", 0x77);

  /** What no client makes anything of, and only the real server's resolver could tell. */
  private static final Set<Aspect> NEVER_COMPARED =
      EnumSet.of(Aspect.COMPUTED_LENGTHS, Aspect.COMPUTED_FLAGS);

  private final List<String> unexplained = new ArrayList<>();
  private final StringBuilder report = new StringBuilder();
  private int compared;
  private int equal;
  private int byDesign;
  private int leftOut;
  private int corrected;

  @Test
  void standInAnswersAsTheKernelDoes() throws IOException {
    int kernel = Kernel.shared().port();
    type(kernel, CorpusCluster.script());
    try (Simulator simulator = standIn()) {
      for (Session session : Corpus.read()) {
        compare(session, kernel, simulator.port());
      }
    } finally {
      // Other tests of this kernel have tables of the same names.
      type(kernel, CorpusCluster.cleaning());
    }
    String counts =
        String.format(
            "corpus: %d compared, %d equal, %d by design, %d left out, %d corrected",
            compared, equal, byDesign, leftOut, corrected);
    System.out.println(counts);
    Files.writeString(Path.of("target", "corpus.txt"), counts + "\n" + report);
    assertThat(unexplained).isEmpty();
  }

  private static Simulator standIn() {
    return Simulator.of(new CorpusCluster())
        .rootPassword("")
        .account(Account.reader("eye", "sys", "", Set.of()))
        .account(Account.reader("nobody", "sys", "", CorpusCluster.tableNames()))
        .clock(Clock.system(ZoneId.of("+08:00")))
        .start();
  }

  private static void type(int kernel, List<String> statements) throws IOException {
    try (WireClient root = WireClient.open(kernel, "root", "oceanbase")) {
      for (String statement : statements) {
        WireAnswer answer = root.send(0x03, statement);
        assertThat(answer.text()).as(statement).isEmpty();
      }
    }
  }

  private void compare(Session session, int kernel, int standIn) throws IOException {
    String database = session.user().equals("root") ? "oceanbase" : "";
    try (WireClient real = WireClient.open(kernel, session.user(), database);
        WireClient played = WireClient.open(standIn, session.user(), database)) {
      for (Item item : session.items()) {
        ask(item, real, played);
      }
    }
  }

  /** Asks both; where the answer shows the time, within one second of the clock. */
  private void ask(Item item, WireClient real, WireClient played) throws IOException {
    boolean showsTime = item.text().contains("unix_timestamp()");
    long second;
    WireAnswer ofKernel;
    WireAnswer ofStandIn;
    do {
      second = Instant.now().getEpochSecond();
      ofKernel = answer(real, item);
      ofStandIn = answer(played, item);
    } while (showsTime && Instant.now().getEpochSecond() != second);
    judge(item, ofKernel, ofStandIn);
  }

  private static WireAnswer answer(WireClient client, Item item) throws IOException {
    int command = item.command().isEmpty() ? 0x03 : requireNonNull(COMMANDS.get(item.command()));
    try {
      return client.send(command, item.text() + (command == 0x04 ? "\0" : ""));
    } catch (EOFException | SocketException e) {
      return WireAnswer.closed();
    }
  }

  private void judge(Item item, WireAnswer real, WireAnswer played) {
    compared++;
    List<Aspect> differing = real.differences(played);
    Set<Aspect> found = EnumSet.noneOf(Aspect.class);
    found.addAll(differing);
    found.removeAll(NEVER_COMPARED);
    equal += found.isEmpty() ? 1 : 0;
    corrected += item.corrected() ? 1 : 0;
    if (!found.isEmpty() && item.verdict().byDesign()) {
      byDesign++;
    } else if (!found.isEmpty()) {
      leftOut++;
    }
    if (!found.equals(item.verdict().differing())) {
      StringBuilder words = new StringBuilder(item.place() + " " + item.command() + item.text());
      words.append("\n    expected ").append(item.verdict().differing());
      for (Aspect aspect : found) {
        words.append("\n    ").append(aspect.word());
        words.append("\n      kernel   ").append(shown(real, aspect));
        words.append("\n      stand-in ").append(shown(played, aspect));
      }
      unexplained.add(words.toString());
      report.append(words).append("\n");
    }
  }

  private static String shown(WireAnswer answer, Aspect aspect) {
    String text = answer.aspects().getOrDefault(aspect, "");
    String more =
        aspect != Aspect.OUTCOME
            ? ""
            : answer.text() + " " + answer.aspects().getOrDefault(Aspect.VALUES, "");
    return (text + " " + more).strip();
  }
}
