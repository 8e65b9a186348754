package dev.backstop.oceanbase;

import dev.backstop.jdbc.Session;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.BlindSpot.Area;
import dev.backstop.observation.Observation;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Executes a look over a connection: in one query, or in the parts that can be read.
 *
 * <p>Remembers for each connection what can be read. Thread-safe.
 */
final class LookExecutor {

  private static final int MAX_REMEMBERED = 8;

  private final RepairAdvice advice;
  private final Map<Long, ReadableParts> readableParts = new LinkedHashMap<>();
  private volatile @Nullable Query last;

  private record Query(Set<QueryPart> parts, Set<String> names, String sql) {}

  LookExecutor(RepairAdvice advice) {
    this.advice = advice;
  }

  /**
   * Returns the observation; empty where the result lacked the constant row.
   *
   * @throws SQLException where nothing could be observed
   */
  Optional<Observation> look(Session session, Instant at, Set<String> tenantNames)
      throws SQLException {
    ReadableParts parts = parts(session, at);
    List<LookRow> rows;
    try {
      rows = query(session, parts, tenantNames);
    } catch (SQLException e) {
      if (!ServerErrors.isOfOnePart(e)) {
        throw e;
      }
      parts = probe(session, at, tenantNames);
      rows = queryProbed(session, parts, tenantNames);
    }
    if (rows.stream().noneMatch(row -> row.isOf(QueryPart.CONSTANT))) {
      return Optional.empty();
    }
    SessionIdentity identity = SessionIdentity.of(rows);
    if (!identity.hasIdentity() || identity.version() == null) {
      identity = new ShowCommands(session.connection()).complete(identity);
    }
    LookReader reader = new LookReader(rows, tenantNames, remainingBlindSpots(parts, identity));
    return Optional.of(reader.read(at, session.endpoint(), identity));
  }

  /** Omits the blind spots that SHOW commands have filled. */
  private static List<BlindSpot> remainingBlindSpots(
      ReadableParts parts, SessionIdentity identity) {
    return parts.blindSpots().stream()
        .filter(spot -> spot.area() != Area.IDENTITY || !identity.hasIdentity())
        .toList();
  }

  /** Reads in one query, or in one for each part; no rows where one lacks the constant row. */
  private List<LookRow> query(Session session, ReadableParts parts, Set<String> tenantNames)
      throws SQLException {
    if (parts.together()) {
      return LookRow.query(session.connection(), sql(parts.readable(), tenantNames));
    }
    List<LookRow> all = new ArrayList<>();
    for (QueryPart part : parts.readable()) {
      List<LookRow> rows =
          LookRow.query(session.connection(), LookQuery.of(Set.of(part), tenantNames));
      if (rows.stream().noneMatch(row -> row.isOf(QueryPart.CONSTANT))) {
        return List.of();
      }
      all.addAll(rows);
    }
    return all;
  }

  /** Returns the query, built anew only where other things are to be read. */
  private String sql(Set<QueryPart> parts, Set<String> tenantNames) {
    Query known = last;
    if (known == null || !known.parts().equals(parts) || !known.names().equals(tenantNames)) {
      // Clusters that are asked the same share the text.
      String sql = LookQuery.of(parts, tenantNames).intern();
      known = new Query(Set.copyOf(parts), Set.copyOf(tenantNames), sql);
      last = known;
    }
    return known.sql();
  }

  private List<LookRow> queryProbed(Session session, ReadableParts parts, Set<String> tenantNames)
      throws SQLException {
    try {
      return query(session, parts, tenantNames);
    } catch (SQLException e) {
      if (!ServerErrors.isOfOnePart(e)) {
        throw e;
      }
      // Each part can be read, but not all of them in one query.
      ReadableParts apart = parts.apart();
      remember(session, apart);
      return query(session, apart, tenantNames);
    }
  }

  private ReadableParts probe(Session session, Instant at, Set<String> tenantNames)
      throws SQLException {
    EnumSet<QueryPart> readable = EnumSet.noneOf(QueryPart.class);
    List<BlindSpot> blindSpots = new ArrayList<>();
    for (QueryPart part : QueryPart.values()) {
      try {
        LookRow.query(session.connection(), LookQuery.of(Set.of(part), tenantNames));
        readable.add(part);
      } catch (SQLException e) {
        if (!ServerErrors.isOfOnePart(e)) {
          throw e;
        }
        blindSpots.add(new BlindSpot(part.area(), ServerErrors.cause(e), advice.message(part, e)));
      }
    }
    ReadableParts parts = new ReadableParts(readable, true, blindSpots, at);
    remember(session, parts);
    return parts;
  }

  private ReadableParts parts(Session session, Instant at) {
    synchronized (readableParts) {
      ReadableParts known = readableParts.get(session.serial());
      return known == null || known.isStale(at) ? ReadableParts.all(at) : known;
    }
  }

  private void remember(Session session, ReadableParts parts) {
    synchronized (readableParts) {
      readableParts.put(session.serial(), parts);
      if (readableParts.size() > MAX_REMEMBERED) {
        readableParts.remove(readableParts.keySet().iterator().next());
      }
    }
  }
}
