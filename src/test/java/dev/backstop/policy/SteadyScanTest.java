package dev.backstop.policy;

import static dev.backstop.policy.ScannedFolder.folder;
import static dev.backstop.testing.Policies.policy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tells which scans need no decision, as they show what the last one did. */
class SteadyScanTest {

  private static Named<Consumer<ScannedFolder>> that(String words, Consumer<ScannedFolder> what) {
    return Named.of(words, what);
  }

  static Stream<Named<Consumer<ScannedFolder>>> differences() {
    return Stream.of(
        that("a new file", folder -> folder.write("c.yaml", policy("c"))),
        that("an edit", folder -> folder.write("a.yaml", policy("a").tenants("1"))),
        that("a deletion", folder -> folder.delete("a.yaml")),
        that("a broken file", folder -> folder.spoil("a.yaml", "a")),
        that("a file that changes", folder -> folder.unsettle("a.yaml")),
        that("the same in another file", folder -> folder.seen("a.yaml", "other", "other")),
        that("another folder", folder -> folder.identity = "d2"),
        that("a watch that ended", folder -> folder.watchEnded = true),
        that("a subfolder", folder -> folder.subfolder("team", "7")),
        that("a file that is not read", folder -> folder.unread("a.yml.old", "not read")),
        that("a configuration without a cluster", folder -> folder.clusters = Set.of("c2")),
        that("a cluster that is observed", folder -> folder.observed = Set.of("c1")),
        that("another grace", folder -> folder.grace = Duration.ofHours(1)),
        that("a hold", folder -> folder.startHold = HoldReason.STALE_START),
        that("what a person changed", folder -> folder.registry = PolicyRegistry.EMPTY));
  }

  @ParameterizedTest
  @MethodSource("differences")
  void scanThatShowsSomethingElseIsDecidedOn(Consumer<ScannedFolder> difference) {
    ScannedFolder folder = folder(policy("a"), policy("b")).scan().scan();
    assertThat(folder.isRepeated).isTrue();
    difference.accept(folder);
    assertThat(folder.scan().isRepeated).isFalse();
  }

  @Test
  void timeChangesNothingWhereAllFilesAreGood() {
    ScannedFolder folder = folder(policy("a"), policy("b")).scan();
    assertThat(folder.pass(Duration.ofDays(400)).scan().isRepeated).isTrue();
    assertThat(folder.clockJumps(Duration.ofHours(-20)).scan().isRepeated).isTrue();
  }

  @Test
  void deletionIsDecidedOnEachTime() {
    ScannedFolder folder = folder(policy("a"), policy("b").on("c2"));
    folder.scan().delete("a.yaml").scan();
    for (int i = 0; i < 40; i++) {
      assertThat(folder.seconds(1).scan().isRepeated).isFalse();
    }
    folder.shows("a", FileState.Phase.DELETION_EFFECTIVE);
  }

  @Test
  void fileThatChangesOrIsBrokenIsDecidedOnEachTime() {
    ScannedFolder folder = folder(policy("a"), policy("b")).unsettle("a.yaml").scan().scan();
    assertThat(folder.isRepeated).isFalse();
    assertThat(folder.spoil("a.yaml", "a").scan().scan().isRepeated).isFalse();
  }
}
