package dev.backstop.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.backstop.http.StatusServer;
import dev.backstop.json.Json;
import dev.backstop.testing.Browser;
import dev.backstop.testing.Need;
import dev.backstop.testing.Needs;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/**
 * Looks at the status page of clusters in every kind of trouble, as its readers do. With {@code
 * -Dbackstop.docs.write=true} it also takes the pictures of the documents.
 */
@Needs(Need.CHROMIUM)
class StatusPageIT {

  private static final Path IMAGES = Path.of("docs", "images");
  private static final boolean PHOTOGRAPHS = Boolean.getBoolean("backstop.docs.write");

  /** Returns what a reader is to do and is not in the page's language, but for commands alone. */
  private static final String IN_ENGLISH =
      """
      return [...document.querySelectorAll('.advice[lang=en]')]
        .map(advice => [...advice.childNodes].filter(node => node.nodeType === Node.TEXT_NODE))
        .flatMap(words => words.map(node => node.textContent.trim()))
        .join('');
      """;

  private static Browser browser;
  private static StatusServer few;
  private static StatusServer many;
  private static StatusServer hostile;

  @BeforeAll
  static void start() throws Exception {
    few = serve(SampleFleet::varied);
    many = serve(SampleFleet::large);
    hostile = serve(now -> SampleFleet.varied(now, SampleFleet.HOSTILE));
    browser = Browser.start();
  }

  private static StatusServer serve(Function<Instant, SampleFleet> fleet) throws Exception {
    SampleFleet past = fleet.apply(Instant.now());
    StatusPages pages =
        new StatusPages(
            () -> "",
            Map::of,
            Optional::empty,
            Optional::empty,
            isAsked -> fleet.apply(Instant.now()).status(),
            past::read,
            Json::write,
            Clock.systemUTC());
    StatusServer server =
        new StatusServer(
            "127.0.0.1",
            0,
            pages.byPath(),
            (path, failure) -> {
              throw failure;
            });
    server.start();
    return server;
  }

  @AfterAll
  static void close() {
    browser.close();
    few.close();
    many.close();
    hostile.close();
  }

  private static void open(StatusServer server, String languages, String scheme) {
    browser.prefer(languages, scheme).window(1280, 900, false);
    browser.open("http://127.0.0.1:" + server.port() + "/");
    awaitThat(() -> assertThat(browser.count(".cluster")).isPositive());
    awaitThat(() -> assertThat(browser.count("#history-table tr")).isPositive());
  }

  private static void awaitThat(ThrowingRunnable assertion) {
    await().atMost(Duration.ofSeconds(20)).untilAsserted(assertion);
  }

  private static long number(@Nullable Object returned) {
    return ((Number) Objects.requireNonNull(returned)).longValue();
  }

  private static void photograph(String name) {
    if (PHOTOGRAPHS) {
      browser.photograph(IMAGES.resolve(name + ".png"));
    }
  }

  @Test
  void everythingThatNeedsAPersonIsSaidFirst_withTheCommand() {
    open(few, "en-US,en", "light");

    assertThat(browser.text("#summary"))
        .isEqualTo(
            "12 clusters: 6 as wanted, 1 unknown, 1 contested, 1 held, 1 disarmed, 1 stopping,"
                + " 1 unmanaged");
    assertThat(browser.title()).startsWith("1 unknown, 1 contested");
    assertThat(browser.text("#decisions"))
        .contains("h-3f9c21", "several policies were deleted", "gz-mall-log", "by li.wei")
        .contains("backstop arm cd-dr");
    assertThat(browser.text("#cluster-list")).startsWith("sz-core").contains("backstop doctor -c");
    assertThat(
            browser.run("return [...document.querySelectorAll('.name')].map(n => n.textContent)"))
        .asInstanceOf(InstanceOfAssertFactories.LIST)
        .startsWith("sz-core", "bj-risk", "gz-mall", "cd-dr", "hz-report", "bj-prod")
        .endsWith("cd-test");
    browser.click("[data-key='bj-risk'] summary");
    browser.run("scrollTo(0, 0)");
    assertThat(browser.text("main")).doesNotContain("undefined", "null", "[object");
    browser.window(1280, 1180, false);
    photograph("page-light");
    browser.click("[data-key='hz-prod'] summary");
    assertThat(browser.text("[data-key='hz-prod'] .body"))
        .contains("OceanBase 3.2.4.5", "next look in", "open, closes", "on hz-prod")
        .contains("backup set job 7", "tenant pay/1001", "oss://dr-backup/secondary", "wanted");
    assertThat(browser.count("[data-key='bj-risk'] .wide .statement")).isEqualTo(3);
    assertThat(browser.count("[data-key='bj-risk'] .wide .proven")).isEqualTo(3);
    assertThat(browser.count("[data-key='bj-risk'] .wide .returned")).isEqualTo(3);
    assertThat(browser.count("[data-key='sh-prod'] .strip .edge")).isEqualTo(1);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatDisarmsEveryClusterIsToldOnce_withTheCommandThatEndsIt() throws Exception {
    try (StatusServer all = serve(SampleFleet::disarmed)) {
      open(all, "en-US,en", "light");

      assertThat(browser.count("#decisions .notice")).isEqualTo(1);
      assertThat(browser.text("#decisions"))
          .contains("all clusters by li.wei", "until we understand this", "backstop arm --all");
    }
  }

  @Test
  void textsOfOthersAreShownAsTheyAre_andDoNothing() {
    open(hostile, "en-US,en", "light");

    assertThat(browser.text("#decisions")).contains(SampleFleet.HOSTILE);
    assertThat(browser.text("#history-table")).contains(SampleFleet.HOSTILE);
    assertThat(browser.count("main script, main img")).isZero();
    assertThat(browser.title()).doesNotContain("taken");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void aThousandClustersAreSearched_asFastAsOneTypes() {
    open(many, "en-US,en", "light");
    assertThat(browser.text("#summary"))
        .isEqualTo("1,000 clusters: 993 as wanted, 4 unknown, 3 stopping");
    assertThat(browser.count(".cluster")).isEqualTo(50);
    awaitThat(() -> assertThat(browser.count(".strip .proven")).isGreaterThan(40));
    photograph("page-1000-clusters");

    long took =
        number(
            browser.run(
                """
                const field = document.querySelector('[name=text]');
                const begin = performance.now();
                for (const text of ['x', 'xm', 'xm-', 'xm-core-0', 'xm-core-009']) {
                  field.value = text;
                  field.dispatchEvent(new Event('input', {bubbles: true}));
                }
                document.body.getBoundingClientRect();
                return Math.round(performance.now() - begin);
                """));

    assertThat(browser.text("#cluster-list")).contains("xm-core-009");
    assertThat(browser.text("#shown")).isEqualTo("1 of 1,000 clusters");
    assertThat(took).as("five letters, in milliseconds").isLessThan(2_000);
    browser.run("document.querySelector('[name=text]').value = ''");
    browser.run(
        "const choice = document.querySelector('[name=group]'); choice.value = 'unknown';"
            + " choice.dispatchEvent(new Event('input', {bubbles: true}))");
    assertThat(browser.count(".cluster")).isEqualTo(4);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void whatTheDayOfAllLeavesOutIsSaid_andAskedForWhereAClusterIsOpened() {
    open(many, "en-US,en", "light");
    assertThat(browser.text("#history-note")).startsWith("Older entries are left out here");
    browser.type("[name=text]", "xm-prod-019");
    assertThat(browser.count(".strip .statement")).isZero();

    browser.click(".cluster summary");

    awaitThat(() -> assertThat(browser.count(".wide .statement")).isEqualTo(1));
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void chineseReadersGetChinese_andTheWordsOfCommandsStay() {
    open(few, "zh-CN,zh,en", "light");

    assertThat(browser.run("return document.documentElement.lang")).isEqualTo("zh-CN");
    assertThat(browser.text("#summary"))
        .isEqualTo("12 个集群：6 个符合预期，1 个未知，1 个反复被拉起，1 个待人工确认，1 个已暂停下发，1 个停止中，1 个未纳管");
    browser.click("[data-key='sz-core'] summary");
    assertThat(browser.text("#cluster-list"))
        .contains("未知 UNKNOWN", "期望", "backstop doctor -c")
        .containsSubsequence("所有地址都无法连接", "connect timed out after 5s");
    assertThat(browser.text("#decisions"))
        .contains(
            "把文件放回原处；或执行 backstop approve h-3f9c21 --reason R",
            "（放行，删除按 onDelete 生效）；或执行 backstop forget h-3f9c21 --reason R",
            "（忘记该策略，不停止任何任务）");
    assertThat(browser.run(IN_ENGLISH)).as("what to do that is still in English").isEqualTo("");
    assertThat(browser.text("#history-table")).contains("证实停止", "下发语句");
    assertThat(browser.text("main").replace('\n', ' '))
        .doesNotContain("undefined", "null", "[object");
    browser.run("scrollTo(0, 0)");
    photograph("page-chinese");
    assertThat(browser.barriers()).isEmpty();
  }

  /** The first language that the page has, not the first that the reader names. */
  @Test
  void otherReadersGetEnglish() {
    open(few, "fr-FR,fr,en", "light");

    assertThat(browser.run("return document.documentElement.lang")).isEqualTo("en");
  }

  @ParameterizedTest
  @CsvSource({"light, 1280, false", "dark, 1280, false", "light, 390, true", "dark, 390, true"})
  void nobodyIsKeptOut(String scheme, int width, boolean isPhone) {
    open(few, "en-US,en", scheme);
    browser.window(width, isPhone ? 844 : 900, isPhone);
    if (isPhone != scheme.equals("dark")) {
      photograph(isPhone ? "page-phone" : "page-dark");
    }

    browser.click("[data-key='bj-risk'] summary");
    assertThat(number(browser.run("return document.documentElement.scrollWidth")))
        .as("nothing is wider than the window")
        .isLessThanOrEqualTo(width);
    assertThat(browser.barriers()).isEmpty();
  }

  @Test
  void keyboardOpensAClusterAndItsHistory() {
    open(few, "en-US,en", "light");
    browser.run("document.querySelector('[data-key=\"bj-prod\"] summary').focus()");

    browser.press(Keys.ENTER);
    assertThat(browser.text("[data-key='bj-prod'] .body")).contains("no jobs");
    browser.press(Keys.TAB);
    assertThat(browser.run("return document.activeElement.textContent"))
        .isEqualTo("History of bj-prod");
    browser.press(Keys.ENTER);

    assertThat(browser.run("return document.activeElement.id")).isEqualTo("history");
    assertThat(browser.text("#history-table")).isEqualTo("Nothing was recorded that matches.");
  }

  @Test
  void historyIsFiltered() {
    open(few, "en-US,en", "light");
    browser.type("#history-filter [name=cluster]", "bj-risk");
    browser.run(
        "const what = document.querySelector('#history-filter [name=event]'); what.value ="
            + " 'statements'; what.dispatchEvent(new Event('input', {bubbles: true}))");

    assertThat(
            browser.run(
                "return [...new Set([...document.querySelectorAll('.event')].map("
                    + "e => e.textContent))].sort()"))
        .isEqualTo(List.of("job returned", "statement", "statement result", "stop proven"));
    assertThat(browser.text("#history-table")).doesNotContain("hz-report");
  }
}
