package dev.backstop.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Headless Chromium; a test that opens one needs {@link Need#CHROMIUM}. */
public final class Browser implements AutoCloseable {

  private static final String AXE = "/axe.min.js";

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts a browser whose reader prefers English and light pages, with a window of a laptop. */
  public static Browser start() {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(Need.onPath("chromium").orElseThrow().toFile());
    // The sandbox refuses root, and containers have little shared memory.
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--force-color-profile=srgb");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.WARNING);
    options.setCapability("goog:loggingPrefs", logs);
    // Nothing is looked for elsewhere, nor downloaded, where the driver is named.
    System.setProperty("webdriver.chrome.driver", Need.CHROMIUM.require().toString());
    Browser browser = new Browser(new ChromeDriver(options));
    browser.driver.manage().timeouts().pageLoadTimeout(Duration.ofSeconds(60));
    browser.prefer("en-US,en", "light");
    browser.window(1280, 900, false);
    return browser;
  }

  /** Sets the languages and the colour scheme that the reader prefers. */
  public Browser prefer(String languages, String scheme) {
    String agent = String.valueOf(driver.executeScript("return navigator.userAgent"));
    command(
        "Emulation.setUserAgentOverride", Map.of("userAgent", agent, "acceptLanguage", languages));
    command(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", scheme),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
    return this;
  }

  /** Sets the size of the window in CSS pixels. */
  public Browser window(int width, int height, boolean isPhone) {
    command(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", isPhone));
    return this;
  }

  private void command(String name, Map<String, Object> parameters) {
    driver.executeCdpCommand(name, parameters);
  }

  /** Opens a page. */
  public void open(String address) {
    driver.get(address);
  }

  /** Returns the text of the first element that fits, as a reader sees it. */
  public String text(String selector) {
    return driver.findElement(By.cssSelector(selector)).getText();
  }

  /** Returns how many elements fit. */
  public int count(String selector) {
    return driver.findElements(By.cssSelector(selector)).size();
  }

  /** Types into a field, after what is there. */
  public void type(String selector, CharSequence text) {
    driver.findElement(By.cssSelector(selector)).sendKeys(text);
  }

  /** Clicks an element. */
  public void click(String selector) {
    WebElement element = driver.findElement(By.cssSelector(selector));
    driver.executeScript("arguments[0].scrollIntoView({block: 'center'})", element);
    element.click();
  }

  /** Presses keys where the focus is. */
  public void press(CharSequence keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  /** Runs a script in the page; returns what it returns, null where that is nothing. */
  public @Nullable Object run(String script) {
    return driver.executeScript(script);
  }

  /** Returns the title of the window. */
  public String title() {
    return String.valueOf(driver.getTitle());
  }

  /** Returns what the page logged as a warning or an error, refused loads included. */
  public List<String> complaints() {
    return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
        .map(LogEntry::getMessage)
        .toList();
  }

  /** Returns what axe finds that keeps people out, by rule, with the elements. */
  public List<String> barriers() {
    driver.executeScript(axe());
    Object found =
        driver.executeAsyncScript(
            """
            const done = arguments[arguments.length - 1];
            axe.run(document, {resultTypes: ['violations']}).then(
              result => done(result.violations.map(
                one => one.id + ': ' + one.nodes.map(node => node.html).slice(0, 3).join(' '))),
              failure => done([String(failure)]));
            """);
    return ((List<?>) Objects.requireNonNull(found)).stream().map(String::valueOf).toList();
  }

  private static String axe() {
    try (InputStream in = Objects.requireNonNull(Browser.class.getResourceAsStream(AXE), AXE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what the window shows as a PNG. */
  public void photograph(Path file) {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }
}
