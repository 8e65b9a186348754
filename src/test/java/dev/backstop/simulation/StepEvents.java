package dev.backstop.simulation;

import java.time.Instant;
import java.util.List;

/** Performs the steps of a story as their time comes. */
final class StepEvents implements VirtualTime.Events {
  private final Story story;
  private StepRunner runner;
  private int performed;
  private boolean isOver;

  @SuppressWarnings("NullAway.Init")
  StepEvents(Story story) {
    this.story = story;
  }

  VirtualTime.Events in(World world) {
    runner = new StepRunner(world);
    return this;
  }

  void end() {
    isOver = true;
  }

  StepRunner runner() {
    return runner;
  }

  List<Step> performed() {
    return story.steps().subList(0, performed);
  }

  boolean goesOn(World world) {
    if (performed == story.steps().size()) {
      return false;
    }
    Counts counts = world.referee().counts();
    // Without a policy nothing is looked at any more, and another store may know of none.
    boolean mayEndIdle =
        world.referee().expectedPolicies().isDeserted()
            || world.isStoreLost()
            || !runner.nextDelayed().equals(Instant.MAX);
    int needed = mayEndIdle ? Story.LOOKS : Story.LOOKS * 2 / 5;
    return !story.isOpen() || counts.struck() < Story.TROUBLES || counts.looks() < needed;
  }

  Instant nextStep() {
    return isOver || performed == story.steps().size()
        ? Instant.MAX
        : World.START.plus(story.steps().get(performed).after()).plus(runner.skipped());
  }

  @Override
  public Instant next() {
    Instant step = nextStep();
    return step.isBefore(runner.nextDelayed()) ? step : runner.nextDelayed();
  }

  @Override
  public void happen() {
    if (nextStep().isBefore(runner.nextDelayed())) {
      runner.perform(story.steps().get(performed++));
    } else {
      runner.performDelayed();
    }
  }
}
