package dev.backstop.simulator.cluster;

import java.time.Duration;
import java.time.Instant;

/** One tenant's row of the continuous copy: its status and how far it is. */
final class TenantArchive {

  private final long tenant;
  private final long round;
  private final long copyId;
  private final long piece;
  private final Instant first;
  private String status;
  private Instant begun = Instant.MAX;
  private Instant frozenNext = Instant.MAX;

  private TenantArchive(
      long tenant, String status, long round, long copyId, long piece, Instant first) {
    this.tenant = tenant;
    this.status = status;
    this.round = round;
    this.copyId = copyId;
    this.piece = piece;
    this.first = first;
  }

  static TenantArchive beginning(long tenant, long round, long copyId, Instant first) {
    return new TenantArchive(tenant, "BEGINNING", round, copyId, 0, first);
  }

  /** Returns the row in which a piece job shows what it copies to the configured destination. */
  static TenantArchive ofPiece(
      long tenant, String status, long round, long copyId, long piece, Instant first, Instant now) {
    TenantArchive row = new TenantArchive(tenant, status, round, copyId, piece, first);
    row.frozenNext = now;
    return row;
  }

  boolean has(String other) {
    return status.equals(other);
  }

  /** Returns whether the row's round is copied, and not a piece of it. */
  boolean isCopying() {
    return has("DOING") && piece == 0;
  }

  void show(String other) {
    status = other;
  }

  void resume(Instant now) {
    status = "DOING";
    begun = now;
    frozenNext = Instant.MAX;
  }

  void stop(Duration interval, Instant now) {
    freeze(interval, now);
    status = "STOP";
  }

  /** Keeps the checkpoint where it is. */
  void freeze(Duration interval, Instant now) {
    frozenNext = checkpoint(interval, now);
  }

  /**
   * Returns how far the copy is: at the last interval, the system tenant's one interval less.
   *
   * @param interval zero while nothing is copied
   */
  private Instant checkpoint(Duration interval, Instant now) {
    boolean isMoving =
        !interval.isZero()
            && isCopying()
            && frozenNext.equals(Instant.MAX)
            && !begun.equals(Instant.MAX);
    if (!isMoving) {
      return frozenNext;
    }
    long passed = Duration.between(begun, now).toMillis() / interval.toMillis();
    boolean trails = tenant == CopyRequest.CLUSTER && passed > 0;
    return begun.plus(interval.multipliedBy(trails ? passed - 1 : passed));
  }

  ArchiveRow shown(Duration interval, Instant now) {
    return new ArchiveRow(
        tenant, round, copyId, status, piece == 0 ? 0 : 1, piece, first, checkpoint(interval, now));
  }
}
