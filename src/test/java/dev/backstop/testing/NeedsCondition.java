package dev.backstop.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips a test whose programs are absent, and appends its name to the file that the end of {@code
 * mvn verify} prints; fails it where nothing may be skipped.
 */
final class NeedsCondition implements ExecutionCondition {

  private static final Path SKIPPED = Path.of("target", "skipped-tests.txt");

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    List<Need> needs =
        context.getElement().stream().flatMap(NeedsCondition::needs).distinct().toList();
    ConditionEvaluationResult result = evaluate(needs, need -> need.find().isPresent(), mustRun());
    if (result.isDisabled()) {
      append(SKIPPED, name(context) + " " + result.getReason().orElse(""));
    }
    return result;
  }

  /** Leaves out the rest of a test where something that it needs is absent. */
  static void require(Need need, Class<?> test) {
    ConditionEvaluationResult result =
        evaluate(List.of(need), each -> each.find().isPresent(), mustRun());
    if (result.isDisabled()) {
      String reason = result.getReason().orElse("");
      append(SKIPPED, test.getSimpleName() + " in part " + reason);
      Assumptions.abort(reason);
    }
  }

  private static boolean mustRun() {
    return "true".equals(System.getenv("CI"));
  }

  /** Finds the annotation on an element, and on the annotations there. */
  private static Stream<Need> needs(AnnotatedElement element) {
    return Stream.concat(
            Stream.of(element),
            Arrays.stream(element.getAnnotations()).map(Annotation::annotationType))
        .map(each -> each.getAnnotation(Needs.class))
        .filter(Objects::nonNull)
        .flatMap(found -> Arrays.stream(found.value()));
  }

  private static String name(ExtensionContext context) {
    String type = context.getRequiredTestClass().getSimpleName();
    return context.getTestMethod().map(method -> type + "." + method.getName()).orElse(type);
  }

  /**
   * Returns whether a test with these needs runs.
   *
   * @throws IllegalStateException where it must run and can't
   */
  static ConditionEvaluationResult evaluate(
      List<Need> needs, Predicate<Need> isPresent, boolean mustRun) {
    String missing =
        needs.stream()
            .filter(isPresent.negate())
            .map(Need::missing)
            .collect(Collectors.joining("; "));
    if (missing.isEmpty()) {
      return ConditionEvaluationResult.enabled("all that it needs is installed");
    }
    if (mustRun) {
      throw new IllegalStateException(missing + " (with CI=true nothing is skipped)");
    }
    return ConditionEvaluationResult.disabled(missing);
  }

  private static void append(Path file, String line) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      Files.writeString(
          file,
          line + ". ",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
