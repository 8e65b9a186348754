package dev.backstop.notification;

import static dev.backstop.notification.Examples.DATA;
import static dev.backstop.notification.Examples.LOG;
import static dev.backstop.notification.Examples.NOW;
import static dev.backstop.notification.Examples.message;
import static dev.backstop.notification.Examples.transition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.observation.Kind;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageTest {

  private static final Reason HELD =
      new Reason(
          ReasonCode.DELETION_HELD,
          "its policy's file is gone, and so is the folder",
          "backstop approve all-gone-1 --reason R");

  @Test
  void saysWhatWhereSinceWhenWhyAndWhatToType() {
    Message message =
        message(
            transition(DATA, State.PERMITTED, State.DRIFTED),
            transition(DATA, State.DRIFTED, State.STOPPING),
            transition(DATA, State.STOPPING, State.STOPPED),
            new Transition(LOG, State.PERMITTED, State.HELD, NOW, HELD));

    assertThat(message.text(8_000))
        .isEqualTo(
            """
            Backstop backstop-1: 2 kinds changed on 1 cluster, 1 as wanted again
            hz-prod secondary data: PERMITTED -> DRIFTED -> STOPPING -> STOPPED, as wanted again
              since 2026-11-30T08:00:00Z: no jobs
            hz-prod secondary log: PERMITTED -> HELD
              since 2026-11-30T08:00:00Z: its policy's file is gone, and so is the folder
              what to do: backstop approve all-gone-1 --reason R\
            """);
  }

  @Test
  void keywordStandsInTheText_ofATestToo() {
    Message test = new Message("dba", "backstop-1", NOW, true, "备份", List.of());

    assertThat(test.text(8_000))
        .isEqualTo(
            "备份 Backstop backstop-1: test of notification dba\nIf you can read this, it arrives.");
  }

  @Test
  void statesThatAreLeftOutShowAsTheStateBefore() {
    Message message =
        message(
            transition(DATA, State.STOPPED, State.UNKNOWN),
            transition(DATA, State.STOPPING, State.NOT_VERIFIED));

    assertThat(message.text(8_000)).contains("STOPPED -> UNKNOWN -> STOPPING -> NOT_VERIFIED");
  }

  @Test
  void whatDoesNotFitIsCounted_byTheBytesOfUtf8() {
    Reason reason = Reason.of(ReasonCode.SERVER_ERROR, "服务器".repeat(30));
    Transition[] many =
        IntStream.range(0, 100)
            .mapToObj(
                number ->
                    new Transition(
                        new ClusterKind("c" + number, Kind.DATA),
                        State.STOPPED,
                        State.UNKNOWN,
                        NOW,
                        reason))
            .toArray(Transition[]::new);

    String text = message(many).text(2_048);

    assertThat(text.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1_600, 2_048);
    long shown = text.lines().filter(line -> line.startsWith("c")).count();
    assertThat(text).endsWith("\nand " + (100 - shown) + " more: backstop status");
  }

  @Test
  void longReasonsAreCut() {
    Reason reason = Reason.of(ReasonCode.SERVER_ERROR, "x".repeat(5_000));
    Message message = message(new Transition(DATA, State.STOPPED, State.UNKNOWN, NOW, reason));

    assertThat(message.text(8_000)).hasSizeLessThan(500).endsWith("x...");
  }

  @Test
  void treeHasEveryKeyAlways() {
    Message message = message(transition(DATA, null, State.STOPPING));

    assertThat(WebhookForm.json(message))
        .isEqualTo(
            "{\"notification\":\"dba\",\"daemon\":\"backstop-1\",\"time\":\"2026-11-30T08:00:00Z\",\"test\":false,\"title\":\"Backstop"
                + " backstop-1: 1 kind changed on 1 cluster\",\"text\":\"Backstop backstop-1: 1"
                + " kind changed on 1 cluster\\n"
                + "hz-prod secondary data: STOPPING\\n"
                + "  since 2026-11-30T08:00:00Z: no jobs\",\"transitions\":["
                + "{\"cluster\":\"hz-prod\",\"kind\":\"data\",\"from\":null,\"state\":\"STOPPING\",\"since\":\"2026-11-30T08:00:00Z\",\"reason\":\"no"
                + " jobs\",\"reasonCode\":\"no_jobs\",\"release\":null,\"recovered\":false}]}");
  }
}
