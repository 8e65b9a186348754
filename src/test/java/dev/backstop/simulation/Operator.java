package dev.backstop.simulation;

import dev.backstop.plan.Holds;
import dev.backstop.policy.DeletionSettings;
import dev.backstop.policy.HeldSet;
import dev.backstop.registry.ApprovalException;
import dev.backstop.registry.Approvals;
import dev.backstop.state.Actor;
import dev.backstop.state.Disarming;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Gives the commands that write to the store. */
final class Operator {

  private static final Actor PERSON = new Actor("daemon", "ada", "daemon/ada/1");

  private final World world;

  Operator(World world) {
    this.world = world;
  }

  void command(Action action, String cluster, Random chance) {
    if (world.isStoreLost()) {
      return;
    }
    try {
      switch (action) {
        case DISARM -> disarm(chance.nextInt(3) == 0 ? "*" : cluster, chance);
        case ARM -> arm(chance.nextInt(3) == 0 ? "*" : cluster);
        default -> {
          List<HeldSet> held =
              Holds.of(world.store().registry().policies(), world.store().records());
          if (!held.isEmpty()) {
            release(action, held.get(chance.nextInt(held.size())));
          }
        }
      }
    } catch (StoreException failed) {
      world.note(() -> action + " failed: " + failed.getMessage());
    }
  }

  private HistoryEntry entry(String cluster, Event event) {
    return HistoryEntry.of(
        world.time().wall(), PERSON, cluster.equals("*") ? "" : cluster, "", event, "a reason");
  }

  private void disarm(String cluster, Random chance) {
    @Nullable Instant until =
        chance.nextBoolean() ? null : world.time().wall().plusSeconds(chance.nextInt(1800));
    try {
      world
          .store()
          .disarm(
              new Disarming(cluster, "ada", "a reason", world.time().wall(), until),
              entry(cluster, Event.DISARMED));
    } finally {
      if (world.store().hasHappened()) {
        world.referee().disarmed().put(cluster, until);
        world.note(() -> "disarmed " + cluster + " until " + until);
      }
    }
  }

  private void arm(String cluster) {
    try {
      world.store().arm(cluster, entry(cluster, Event.ARMED));
    } finally {
      if (world.store().hasHappened()) {
        world
            .referee()
            .disarmed()
            .keySet()
            .removeIf(one -> cluster.equals("*") || one.equals(cluster));
        world.note(() -> "armed " + cluster);
      }
    }
  }

  private void release(Action action, HeldSet set) {
    world.note(() -> action + " " + set);
    Consumer<Approvals> how =
        action == Action.APPROVE
            ? releases -> releases.approve(set.id(), "a reason", world.reading())
            : releases -> releases.forget(set.id(), "a reason", world.time().wall());
    long before = world.store().registryWrites();
    try {
      Set<String> configured = new TreeSet<>(world.servers().keySet());
      configured.remove(world.lacking());
      how.accept(
          new Approvals(
              PERSON,
              world.store(),
              new DeletionSettings(World.GRACE, configured, world.observed())));
    } catch (ApprovalException refused) {
      world.note(() -> "refused: " + refused.getMessage());
    } finally {
      world.referee().stopRules().reads(PERSON.leaseOwner(), world.confObserves());
      if (action == Action.APPROVE) {
        world.referee().attended(set.clusters());
      }
      // The write may have been done even where the person was told that it failed.
      if (world.store().registryWrites() > before) {
        // A person decides on what is written down, and reads no folder.
        ExpectedPolicies expectedPolicies = world.referee().expectedPolicies();
        expectedPolicies.restarted(PERSON.leaseOwner());
        expectedPolicies.release(set.policies());
        expectedPolicies.saved(PERSON.leaseOwner(), world.store().lastRegistry());
      }
    }
  }
}
