package dev.backstop.plan;

import dev.backstop.observation.Kind;
import dev.backstop.policy.Coverage;
import dev.backstop.policy.Wish;
import java.util.Comparator;
import java.util.List;

/**
 * Holds what the policies of a cluster amounted to at one time, so that an edit can be told from
 * what was already forbidden before it.
 *
 * @param all sorted by policy name
 */
public record Claims(List<Claim> all) {

  /** Nothing was ever claimed. */
  public static final Claims NONE = new Claims(List.of());

  /** Sorts the claims. */
  public Claims {
    all = all.stream().sorted(Comparator.comparing(Claim::policy)).toList();
  }

  /**
   * Says what one policy amounted to.
   *
   * @param policy its name
   * @param coverage whose jobs
   * @param data its wish for data; OFF for a counted deletion
   * @param log its wish for log; OFF for a counted deletion
   * @param enforced whether it may act
   */
  public record Claim(String policy, Coverage coverage, Wish data, Wish log, boolean enforced) {

    /** Returns the wish for a kind. */
    public Wish wish(Kind kind) {
      return switch (kind) {
        case DATA -> data;
        case LOG -> log;
      };
    }
  }
}
