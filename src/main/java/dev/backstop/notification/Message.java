package dev.backstop.notification;

import dev.backstop.plan.State;
import dev.backstop.text.Times;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Immutable message of a notification.
 *
 * @param notification the notification's name
 * @param daemon who sends it
 * @param time when it was made
 * @param isTest whether a person asked for it, to see that it arrives
 * @param keyword a word that the text holds; empty for none
 * @param transitions by cluster and kind, each in its order
 */
record Message(
    String notification,
    String daemon,
    Instant time,
    boolean isTest,
    String keyword,
    List<Transition> transitions) {

  private static final int LONGEST_REASON = 300;

  Message {
    transitions = List.copyOf(transitions);
  }

  /** Returns it in one line. */
  String title() {
    String who = (keyword.isEmpty() ? "" : keyword + " ") + "Backstop " + daemon + ": ";
    if (isTest) {
      return who + "test of notification " + notification;
    }
    Map<ClusterKind, List<Transition>> paths = paths();
    long clusters = paths.keySet().stream().map(ClusterKind::cluster).distinct().count();
    long recovered = paths.values().stream().filter(Message::isRecovered).count();
    return who
        + count(paths.size(), "kind")
        + " changed on "
        + count(clusters, "cluster")
        + (recovered == 0 ? "" : ", " + recovered + " as wanted again");
  }

  private static String count(long number, String word) {
    return number + " " + word + (number == 1 ? "" : "s");
  }

  private static boolean isRecovered(List<Transition> path) {
    Transition last = path.get(path.size() - 1);
    return Transition.isQuiet(last.state()) && path.stream().anyMatch(Transition::isRecovery);
  }

  private Map<ClusterKind, List<Transition>> paths() {
    return transitions.stream()
        .collect(Collectors.groupingBy(Transition::of, LinkedHashMap::new, Collectors.toList()));
  }

  /**
   * Returns it as a text: what, where, since when, why and what to type.
   *
   * @param mostBytes the most bytes in UTF-8; what does not fit is counted
   */
  String text(int mostBytes) {
    if (isTest) {
      return title() + "\nIf you can read this, it arrives.";
    }
    StringBuilder text = new StringBuilder(title());
    Map<ClusterKind, List<Transition>> paths = paths();
    int left = paths.size();
    int bytes = bytes(title());
    for (Map.Entry<ClusterKind, List<Transition>> one : paths.entrySet()) {
      String part = "\n" + part(one.getKey(), one.getValue());
      String rest = "\nand " + left + " more: backstop status";
      if (bytes + bytes(part) + bytes(rest) > mostBytes) {
        return text + rest;
      }
      text.append(part);
      bytes += bytes(part);
      left--;
    }
    return text.toString();
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static String part(ClusterKind of, List<Transition> path) {
    Transition last = path.get(path.size() - 1);
    List<String> states = new ArrayList<>();
    for (Transition one : path) {
      State from = one.from();
      // States that nobody asked for are left out.
      if (from != null
          && (states.isEmpty() || !states.get(states.size() - 1).equals(from.name()))) {
        states.add(from.name());
      }
      states.add(one.state().name());
    }
    String release = last.reason().release();
    return of.title()
        + ": "
        + String.join(" -> ", states)
        + (isRecovered(path) ? ", as wanted again" : "")
        + "\n  since "
        + Times.utc(last.since())
        + ": "
        + cut(last.reason().words())
        + (release.isEmpty() ? "" : "\n  what to do: " + cut(release));
  }

  private static String cut(String words) {
    return words.length() <= LONGEST_REASON ? words : words.substring(0, LONGEST_REASON) + "...";
  }

  /** Returns it as the tree of its JSON, in which every key is always there. */
  Map<String, @Nullable Object> tree(int mostBytes) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    tree.put("notification", notification);
    tree.put("daemon", daemon);
    tree.put("time", Times.utc(time));
    tree.put("test", isTest);
    tree.put("title", title());
    tree.put("text", text(mostBytes));
    tree.put("transitions", transitions.stream().map(Message::tree).toList());
    return tree;
  }

  private static Map<String, @Nullable Object> tree(Transition one) {
    Map<String, @Nullable Object> tree = new LinkedHashMap<>();
    String release = one.reason().release();
    tree.put("cluster", one.of().cluster());
    tree.put("kind", one.of().kind().word());
    tree.put("from", one.from() == null ? null : one.from().name());
    tree.put("state", one.state().name());
    tree.put("since", Times.utc(one.since()));
    tree.put("reason", one.reason().words());
    tree.put("reasonCode", one.reason().code().word());
    tree.put("release", release.isEmpty() ? null : release);
    tree.put("recovered", one.isRecovery());
    return tree;
  }
}
