package dev.backstop.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.http.Page;
import dev.backstop.http.PageSource;
import dev.backstop.plan.ReasonCode;
import dev.backstop.plan.SentStatement;
import dev.backstop.plan.State;
import dev.backstop.policy.HoldReason;
import dev.backstop.state.Actor;
import dev.backstop.state.Event;
import dev.backstop.state.HistoryEntry;
import dev.backstop.state.HistoryQuery;
import dev.backstop.state.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPagesTest {

  private static final Instant EIGHT = Instant.parse("2026-11-23T20:00:00Z");

  private final List<HistoryQuery> asked = new ArrayList<>();
  private Optional<String> trouble = Optional.empty();
  private boolean storeFails;
  private int told = 2;
  private String words = "good ";
  private boolean isCut;
  private final Map<String, PageSource> pages =
      new StatusPages(
              () -> "backstop_held 0\n",
              () -> Map.of("version", "4.0.0"),
              () -> trouble,
              () -> trouble,
              isAsked -> Map.of("clusters", Stream.of("bj", "hz", "sh").filter(isAsked).toList()),
              this::history,
              String::valueOf,
              Clock.fixed(EIGHT, ZoneOffset.UTC))
          .byPath();

  private boolean history(HistoryQuery query, Consumer<HistoryEntry> reader) {
    if (storeFails) {
      throw new StoreException("state/backstop.db is locked");
    }
    asked.add(query);
    for (int i = 1; i <= told; i++) {
      reader.accept(
          HistoryEntry.of(
              EIGHT, new Actor("d", "daemon", "d"), "", "", Event.CONF_LOADED, words + i));
    }
    return isCut;
  }

  @Test
  void metricsAreServedAsTextAndAsJson() {
    assertThat(page("/metrics").contentType())
        .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    assertThat(text(page("/metrics"))).isEqualTo("backstop_held 0\n");
    assertThat(page("/metrics.json").contentType()).isEqualTo("application/json; charset=utf-8");
    assertThat(text(page("/metrics.json"))).isEqualTo("{version=4.0.0}\n");
    assertThat(text(page("/api/v1/status"))).isEqualTo("{clusters=[bj, hz, sh]}\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/livez", "/readyz"})
  void healthIsOkOrSaysWhyNot(String path) {
    assertThat(page(path).status()).isEqualTo(200);

    trouble = Optional.of("the store can't be written: disk full");

    assertThat(page(path).status()).isEqualTo(503);
    assertThat(text(page(path))).isEqualTo("the store can't be written: disk full\n");
  }

  @Test
  void documentNamesEveryOtherPage_soThatATerminalShowsThemToo() {
    assertThat(text(page("/")))
        .contains(
            pages.keySet().stream()
                .filter(path -> !path.startsWith(StatusPageFiles.FOLDER))
                .toList());
  }

  @Test
  void documentMayLoadFromThisServerAlone_andNothingInline() {
    assertThat(page("/").contentType()).isEqualTo("text/html; charset=utf-8");
    assertThat(page("/").headers().get("Content-Security-Policy"))
        .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
        .contains("connect-src 'self'")
        .doesNotContain("unsafe", "http:", "https:", "data:");
  }

  /** A file that nothing serves would be dead, and one that is missing ends the start. */
  @Test
  void everyFileOfThePageIsServed_andNothingRefersElsewhere() throws IOException {
    List<String> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(Path.of("src/main/resources/dev/backstop/page"))) {
      all.map(file -> file.getFileName().toString()).forEach(files::add);
    }
    files.remove("page.html");
    assertThat(pages.keySet().stream().filter(path -> path.startsWith("/page/")))
        .containsExactlyInAnyOrderElementsOf(files.stream().map(name -> "/page/" + name).toList());
    for (String name : files) {
      assertThat(text(page("/page/" + name)).replace("http://www.w3.org/2000/svg", ""))
          .as(name)
          .doesNotContain("http:", "https:", "innerHTML", "eval(", "document.write");
    }
  }

  /** A word that the page does not know would be shown in English, or counted as unknown. */
  @Test
  void pageKnowsEveryWordOfTheProgram() {
    assertThat(names(State.values()))
        .allSatisfy(
            state -> {
              assertThat(text(page("/page/states.js"))).contains("'" + state + "'");
              assertThat(text(page("/page/chinese.js"))).contains(" " + state + ": '");
            });
    for (String language : List.of("english", "chinese")) {
      assertThat(text(page("/page/" + language + ".js")))
          .contains(words(HoldReason.values()).map(word -> word + ": ").toList());
    }
    assertThat(text(page("/page/chinese.js")))
        .contains(
            Stream.of(Event.values(), SentStatement.Result.values(), ReasonCode.values())
                .flatMap(StatusPagesTest::words)
                .map(word -> word + ": '")
                .toList());
    assertThat(
            text(page("/page/chinese.js")).split("\n  releases: \\{", -1)[1].split("\n  },", -1)[0])
        .as("what to do for each reason, null where there is nothing to do")
        .contains(
            Stream.of(ReasonCode.values(), HoldReason.values())
                .flatMap(StatusPagesTest::words)
                .map(word -> " " + word + ": ")
                .toList());
    assertThat(text(page("/page/history.js")))
        .contains(words(Event.values()).map(word -> "'" + word + "'").toList());
  }

  private static List<String> names(Enum<?>... constants) {
    return Stream.of(constants).map(Enum::name).toList();
  }

  private static Stream<String> words(Enum<?>... constants) {
    return Stream.of(constants).map(one -> one.name().toLowerCase(Locale.ROOT));
  }

  @Test
  void historyIsOneObjectALine() {
    Page page = page("/api/v1/history");

    assertThat(page.contentType()).isEqualTo("application/x-ndjson; charset=utf-8");
    assertThat(text(page).lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).contains("event=conf_loaded"));
  }

  /** A hundred times what there is room for: the newest are told, and that there are others. */
  @Test
  void historyIsToldAsFarAsItFits() {
    told = 60_000;
    words = "w".repeat(6_400) + " ";

    Page page = page("/api/v1/history");

    assertThat(page.body()).hasSizeBetween(4_180_000, 4_194_304);
    assertThat(page.headers()).containsEntry("Backstop-Truncated", "true");
    assertThat(text(page)).startsWith("{time=").endsWith("\n");
    List<String> lines = text(page).lines().toList();
    assertThat(lines.get(lines.size() - 1)).contains("w 60000,");
    assertThat(lines.get(0)).contains("w " + (60_001 - lines.size()) + ",");
  }

  @Test
  void theStoreIsAskedForNoMoreThanIsTold_andWhatItLeavesOutIsSaid() {
    assertThat(page("/api/v1/history").headers()).isEmpty();
    assertThat(asked)
        .containsExactly(
            new HistoryQuery(Set.of(), EIGHT.minus(Duration.ofDays(1)), 10_000, 4_194_304));

    isCut = true;

    assertThat(page("/api/v1/history").headers())
        .containsExactly(Map.entry("Backstop-Truncated", "true"));
  }

  @ParameterizedTest
  @CsvSource({
    "'', 2026-11-22T20:00:00Z",
    "90m, 2026-11-23T18:30:00Z",
    "2d, 2026-11-21T20:00:00Z",
    "250ms, 2026-11-23T19:59:59.750Z",
    "2026-11-01T00:00:00Z, 2026-11-01T00:00:00Z",
    "2026-11-01T08:00:00+08:00, 2026-11-01T00:00:00Z",
    "100000d, 1753-02-07T20:00:00Z",
    "3650000d, -7967-07-14T20:00:00Z",
    "+999999999-12-31T23:59:59Z, +999999999-12-31T23:59:59Z",
    "-300000000-01-01T00:00:00Z, -300000000-01-01T00:00:00Z"
  })
  void sinceIsADurationOrATime(String since, Instant from) {
    page("/api/v1/history", Map.of("since", List.of(since), "cluster", List.of("hz-prod", "sh")));

    assertThat(asked)
        .singleElement()
        .satisfies(
            query -> {
              assertThat(query.since()).isEqualTo(from);
              assertThat(query.clusters()).containsExactlyInAnyOrder("hz-prod", "sh");
            });
  }

  @Test
  void withoutAClusterAllAreAskedFor() {
    page("/api/v1/history", Map.of("cluster", List.of("")));

    assertThat(asked).singleElement().satisfies(query -> assertThat(query.clusters()).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "24", "-1h", "2026-11-23", "2026-11-23T20:00:00"})
  void otherTimesAreRefusedWithWhatIsAllowed(String since) {
    Page page = page("/api/v1/history", Map.of("since", List.of(since)));

    assertThat(page.status()).isEqualTo(400);
    assertThat(text(page)).startsWith("since is '" + since + "'; allowed are a duration such as");
  }

  @Test
  void unknownParametersAreRefused() {
    Page page = page("/api/v1/history", Map.of("clusters", List.of("hz-prod")));

    assertThat(page.status()).isEqualTo(400);
    assertThat(text(page))
        .isEqualTo("unknown parameters [clusters]; allowed are cluster and since\n");
  }

  @Test
  void statusIsOfTheClustersThatAreAskedFor() {
    assertThat(text(page("/api/v1/status", Map.of("cluster", List.of("sh", "bj")))))
        .isEqualTo("{clusters=[bj, sh]}\n");
    assertThat(text(page("/api/v1/status", Map.of("cluster", List.of("")))))
        .isEqualTo("{clusters=[bj, hz, sh]}\n");

    Page refused = page("/api/v1/status", Map.of("since", List.of("2h")));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(text(refused)).isEqualTo("unknown parameters [since]; allowed is cluster\n");
  }

  @Test
  void onlyOneSinceIsUnderstood() {
    Page page = page("/api/v1/history", Map.of("since", List.of("2h", "3h")));

    assertThat(page.status()).isEqualTo(400);
    assertThat(text(page)).isEqualTo("since is there twice; name one\n");
  }

  @Test
  void historyThatCannotBeReadSaysSo() {
    storeFails = true;

    assertThat(page("/api/v1/history").status()).isEqualTo(503);
    assertThat(text(page("/api/v1/history")))
        .isEqualTo("history can't be read now: state/backstop.db is locked\n");
  }

  private Page page(String path) {
    return page(path, Map.of());
  }

  private Page page(String path, Map<String, List<String>> parameters) {
    PageSource source = pages.get(path);
    assertThat(source).as(path).isNotNull();
    return source.page(parameters);
  }

  private static String text(Page page) {
    return new String(page.body(), StandardCharsets.UTF_8);
  }
}
