package dev.backstop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.backstop.config.ClusterSettings.Endpoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointChoiceTest {

  private static final Endpoint A = new Endpoint("a", 2881);
  private static final Endpoint B = new Endpoint("b", 2881);
  private static final Endpoint C = new Endpoint("c", 2881);

  private final EndpointChoice choice = new EndpointChoice(List.of(A, B, C));

  @Test
  void beginsInTheOrderConfigured() {
    assertThat(choice.order()).containsExactly(A, B, C);
  }

  @Test
  void goesOnToTheNext_afterTwoLooksThatFailed() {
    choice.looked(A, false);
    assertThat(choice.order()).containsExactly(A, B, C);

    choice.looked(A, false);
    assertThat(choice.order()).containsExactly(B, C, A);
  }

  @Test
  void comesBackToTheFirst_afterTheLast() {
    for (Endpoint each : List.of(A, A, B, B, C, C)) {
      choice.looked(each, false);
    }
    assertThat(choice.order()).containsExactly(A, B, C);
  }

  @Test
  void staysWithTheOneOnWhichALookWasWhole() {
    choice.looked(B, true);
    choice.looked(B, false);
    choice.looked(B, true);
    choice.looked(B, false);

    assertThat(choice.order()).containsExactly(B, C, A);
  }

  @Test
  void countsFailuresOfOneEndpointAlone() {
    choice.looked(A, false);
    choice.looked(B, false);

    assertThat(choice.order()).containsExactly(A, B, C);
  }

  @Test
  void isContentWithOne() {
    EndpointChoice only = new EndpointChoice(List.of(A));
    only.looked(A, false);
    only.looked(A, false);

    assertThat(only.order()).containsExactly(A);
  }
}
