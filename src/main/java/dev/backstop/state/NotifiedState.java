package dev.backstop.state;

import dev.backstop.observation.Kind;
import dev.backstop.plan.State;

/**
 * Last state of a kind on a cluster that a notification has sent, or did not need to send.
 *
 * @param cluster the cluster's name in the configuration
 * @param kind which half
 * @param state its state then
 */
public record NotifiedState(String cluster, Kind kind, State state) {}
