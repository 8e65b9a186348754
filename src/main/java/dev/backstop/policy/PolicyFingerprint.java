package dev.backstop.policy;

import java.util.List;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * What a policy says, to distinguish one version of it from another.
 *
 * <p>Fingerprints are stored, and the ids of held sets are made of them. So each part has a form of
 * its own here, which no other text follows, and a key that is added later is part of it only where
 * a file gives it another value than its default: whoever does not use the key sees no edit.
 *
 * @param policy the policy's name
 * @param content all else that it says
 */
public record PolicyFingerprint(String policy, String content) {

  /** Returns the fingerprint of a policy. */
  public static PolicyFingerprint of(Policy policy) {
    StringJoiner content = new StringJoiner(" ");
    content.add(policy.cluster());
    content.add(coverage(policy.coverage()));
    content.add(policy.data().name());
    content.add(policy.log().name());
    content.add(policy.mode().name());
    content.add(schedule(policy.schedule()));
    content.add(policy.onDelete().name());
    content.add(policy.verifyWithin().toString());
    if (!policy.limits().isNone()) {
      content.add(policy.limits().toString());
    }
    return new PolicyFingerprint(policy.name(), content.toString());
  }

  /** Reads a fingerprint as it is written. */
  public static PolicyFingerprint parse(String text) {
    int end = text.indexOf(' ');
    return end < 0
        ? new PolicyFingerprint(text, "")
        : new PolicyFingerprint(text.substring(0, end), text.substring(end + 1));
  }

  /** Returns the text of a coverage. */
  public static String coverage(Coverage coverage) {
    List<TenantRef> tenants = coverage.tenants();
    return coverage.isWholeCluster()
        ? "whole cluster"
        : tenants.stream().map(TenantRef::text).collect(Collectors.joining(", ", "tenants [", "]"));
  }

  /** The interval beside an expression is no part of it. */
  private static String schedule(Schedule schedule) {
    String cron = schedule.cron();
    return (cron == null ? "every " + schedule.interval() : cron) + " in " + schedule.zone();
  }

  /** Returns it as it is written. */
  public String text() {
    return content.isEmpty() ? policy : policy + " " + content;
  }
}
