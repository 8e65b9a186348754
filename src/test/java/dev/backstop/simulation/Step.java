package dev.backstop.simulation;

import java.time.Duration;

/**
 * Is one thing that happens in a story.
 *
 * @param after how long after the story's begin
 * @param deed what
 * @param pick the seed of every choice that it leaves open
 */
record Step(Duration after, Action deed, long pick) {

  @Override
  public String toString() {
    return after + " " + deed + " " + pick;
  }
}
