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

/**
 * Takes one look over one connection: one query where all can be read, else what can be read of it.
 *
 * <p>Remembers by connection what can be read. Safe for several threads.
 */
final class Look {

  private static final int CONNECTIONS_REMEMBERED = 8;

  private final Repair repair;
  private final Map<Long, ReadableParts> profiles = new LinkedHashMap<>();

  Look(Repair repair) {
    this.repair = repair;
  }

  /**
   * Returns what it showed; empty where the answer lacked the constant row.
   *
   * @throws SQLException where nothing can be said, the connection's end included
   */
  Optional<Observation> over(Session session, Instant at, Set<String> tenantNames)
      throws SQLException {
    ReadableParts profile = profile(session, at);
    List<LookRow> rows;
    try {
      rows = ask(session, profile, tenantNames);
    } catch (SQLException e) {
      if (!ServerErrors.isOfOneArm(e)) {
        throw e;
      }
      profile = probed(session, at, tenantNames);
      rows = askProbed(session, profile, tenantNames);
    }
    if (rows.stream().noneMatch(row -> row.isOf(QueryPart.CONSTANT))) {
      return Optional.empty();
    }
    SessionIdentity shown = SessionIdentity.of(rows);
    if (!shown.hasIdentity() || shown.version() == null) {
      shown = new ShowCommands(session.connection()).fill(shown);
    }
    LookReader reader = new LookReader(rows, tenantNames, unhealed(profile, shown));
    return Optional.of(reader.read(at, session.endpoint(), shown));
  }

  /** Leaves out the arms that SHOW commands have stood in for. */
  private static List<BlindSpot> unhealed(ReadableParts profile, SessionIdentity shown) {
    return profile.blindSpots().stream()
        .filter(spot -> spot.area() != Area.IDENTITY || !shown.hasIdentity())
        .toList();
  }

  /** Asks in one query, or in one for each arm; without rows where any lacks the constant row. */
  private static List<LookRow> ask(Session session, ReadableParts profile, Set<String> tenantNames)
      throws SQLException {
    if (profile.together()) {
      return LookRow.ask(session.connection(), LookQuery.of(profile.readable(), tenantNames));
    }
    List<LookRow> all = new ArrayList<>();
    for (QueryPart arm : profile.readable()) {
      List<LookRow> rows =
          LookRow.ask(session.connection(), LookQuery.of(Set.of(arm), tenantNames));
      if (rows.stream().noneMatch(row -> row.isOf(QueryPart.CONSTANT))) {
        return List.of();
      }
      all.addAll(rows);
    }
    return all;
  }

  private List<LookRow> askProbed(Session session, ReadableParts profile, Set<String> tenantNames)
      throws SQLException {
    try {
      return ask(session, profile, tenantNames);
    } catch (SQLException e) {
      if (!ServerErrors.isOfOneArm(e)) {
        throw e;
      }
      // Each arm can be read, but not all in one query.
      ReadableParts apart = profile.apart();
      remember(session, apart);
      return ask(session, apart, tenantNames);
    }
  }

  private ReadableParts probed(Session session, Instant at, Set<String> tenantNames)
      throws SQLException {
    EnumSet<QueryPart> readable = EnumSet.noneOf(QueryPart.class);
    List<BlindSpot> blindSpots = new ArrayList<>();
    for (QueryPart arm : QueryPart.values()) {
      try {
        LookRow.ask(session.connection(), LookQuery.of(Set.of(arm), tenantNames));
        readable.add(arm);
      } catch (SQLException e) {
        if (!ServerErrors.isOfOneArm(e)) {
          throw e;
        }
        blindSpots.add(new BlindSpot(arm.area(), ServerErrors.cause(e), repair.words(arm, e)));
      }
    }
    ReadableParts profile = new ReadableParts(readable, true, blindSpots, at);
    remember(session, profile);
    return profile;
  }

  private ReadableParts profile(Session session, Instant at) {
    synchronized (profiles) {
      ReadableParts known = profiles.get(session.serial());
      return known == null || known.isStale(at) ? ReadableParts.full(at) : known;
    }
  }

  private void remember(Session session, ReadableParts profile) {
    synchronized (profiles) {
      profiles.put(session.serial(), profile);
      if (profiles.size() > CONNECTIONS_REMEMBERED) {
        profiles.remove(profiles.keySet().iterator().next());
      }
    }
  }
}
