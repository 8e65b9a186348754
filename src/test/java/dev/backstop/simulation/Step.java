package dev.backstop.simulation;

import java.time.Duration;

/**
 * Is one thing that happens in a story.
 *
 * @param after how long after the story's begin
 * @param action what
 * @param pick the seed of every choice that it leaves open
 */
record Step(Duration after, Action action, long pick) {

  @Override
  public String toString() {
    return after + " " + action + " " + pick;
  }
}
