package dev.backstop.notification;

import dev.backstop.config.NotificationSettings;
import dev.backstop.config.NotificationSettings.Target;
import dev.backstop.config.NotificationSettings.Template;
import dev.backstop.config.NotificationSettings.Url;
import dev.backstop.observation.Kind;
import dev.backstop.plan.Reason;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notifications, states and messages that the tests share. */
final class Examples {

  static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");
  static final ClusterKind DATA = new ClusterKind("hz-prod", Kind.DATA);
  static final ClusterKind LOG = new ClusterKind("hz-prod", Kind.LOG);
  static final Reason REASON = Reason.of(ReasonCode.NO_JOBS, "no jobs");

  private Examples() {}

  static NotificationSettings settings(Target target, Template template) {
    return new NotificationSettings(
        "dba", target, template, null, "", EnumSet.allOf(State.class), Duration.ZERO);
  }

  static NotificationSettings settings(Set<State> on, Duration every) {
    return new NotificationSettings(
        "dba", new Url(URI.create("http://h/x")), Template.JSON, null, "", on, every);
  }

  static NotificationSettings all() {
    return settings(EnumSet.allOf(State.class), Duration.ZERO);
  }

  static Message message(Transition... transitions) {
    return new Message("dba", "backstop-1", NOW, false, "", List.of(transitions));
  }

  static Transition transition(ClusterKind of, @Nullable State from, State state) {
    return new Transition(of, from, state, NOW, REASON);
  }

  /** Returns transitions in short: {@code data STOPPED -> DRIFTED}. */
  static List<String> words(List<Transition> transitions) {
    return transitions.stream()
        .map(one -> one.of().kind().word() + " " + one.from() + " -> " + one.state())
        .toList();
  }
}
