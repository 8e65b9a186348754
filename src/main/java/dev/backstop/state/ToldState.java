package dev.backstop.state;

import dev.backstop.observation.Kind;
import dev.backstop.plan.State;

/**
 * The state of a kind on a cluster that a notification has told last, or has nothing to tell of.
 *
 * @param cluster the cluster's name in the configuration
 * @param kind which half
 * @param state its state then
 */
public record ToldState(String cluster, Kind kind, State state) {}
