package dev.backstop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.ClusterSettings.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointOrderTest {

  private static final Endpoint A = new Endpoint("a", 2881);
  private static final Endpoint B = new Endpoint("b", 2881);
  private static final Endpoint C = new Endpoint("c", 2881);

  private final EndpointOrder choice = new EndpointOrder(List.of(A, B, C));

  @Test
  void beginsInTheOrderConfigured() {
    assertThat(choice.current()).containsExactly(A, B, C);
  }

  @Test
  void goesOnToTheNext_afterTwoLooksThatFailed() {
    choice.onLookEnd(A, false);
    assertThat(choice.current()).containsExactly(A, B, C);

    choice.onLookEnd(A, false);
    assertThat(choice.current()).containsExactly(B, C, A);
  }

  @Test
  void comesBackToTheFirst_afterTheLast() {
    for (Endpoint each : List.of(A, A, B, B, C, C)) {
      choice.onLookEnd(each, false);
    }
    assertThat(choice.current()).containsExactly(A, B, C);
  }

  @Test
  void staysWithTheOneOnWhichALookWasWhole() {
    choice.onLookEnd(B, true);
    choice.onLookEnd(B, false);
    choice.onLookEnd(B, true);
    choice.onLookEnd(B, false);

    assertThat(choice.current()).containsExactly(B, C, A);
  }

  @Test
  void countsFailuresOfOneEndpointAlone() {
    choice.onLookEnd(A, false);
    choice.onLookEnd(B, false);

    assertThat(choice.current()).containsExactly(A, B, C);
  }

  @Test
  void isContentWithOne() {
    EndpointOrder only = new EndpointOrder(List.of(A));
    only.onLookEnd(A, false);
    only.onLookEnd(A, false);

    assertThat(only.current()).containsExactly(A);
  }
}
