package dev.backstop.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.testing.Document;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Compares the documented pages with those that are served. */
class StatusPagesDocumentationTest {

  @Test
  void everyPageIsDocumentedAndNoOther() {
    StatusPages pages =
        new StatusPages(
            () -> "",
            Map::of,
            Optional::empty,
            Optional::empty,
            isAsked -> Map.of(),
            (query, reader) -> false,
            String::valueOf,
            Clock.systemUTC());
    assertThat(Document.of("README.md").firstColumn("pages"))
        .containsExactlyInAnyOrderElementsOf(
            pages.byPath().keySet().stream()
                .map(path -> path.startsWith(StatusPageFiles.FOLDER) ? "/page/..." : path)
                .distinct()
                .toList());
  }
}
