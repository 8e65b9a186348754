package dev.backstop.simulator.sql;

import dev.backstop.simulator.cluster.SimulatedCluster;
import dev.backstop.simulator.cluster.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Reads the cluster's parameters as SHOW PARAMETERS lists them, one row per server and name. */
final class ServerParameters {

  /** The internal table that SHOW PARAMETERS shows. */
  static final String TABLE = "__all_virtual_sys_parameter_stat";

  private static final String SYSTEM = "sys";
  private static final String[] COLUMNS = {
    "zone",
    "svr_type",
    "svr_ip",
    "svr_port",
    "name",
    "data_type",
    "value",
    "info",
    "section",
    "scope",
    "source",
    "edit_level"
  };

  private ServerParameters() {}

  static Table show(SimulatedCluster cluster) {
    TextTable answer = new TextTable(TextTable.SHOW, "parameters", COLUMNS);
    Table stat = stat(cluster);
    if (stat == null) {
      for (Map.Entry<String, String> parameter : cluster.parameters().entrySet()) {
        answer.row(
            "zone1",
            "observer",
            "127.0.0.1",
            "2882",
            parameter.getKey(),
            null,
            parameter.getValue(),
            "",
            "",
            "CLUSTER",
            "DEFAULT",
            "DYNAMIC_EFFECTIVE");
      }
      return answer.build();
    }
    for (List<@Nullable Object> row : stat.rows()) {
      @Nullable Object[] values = new @Nullable Object[COLUMNS.length];
      for (int i = 0; i < COLUMNS.length; i++) {
        int column = index(stat, COLUMNS[i]);
        values[i] = column < 0 ? null : row.get(column);
      }
      answer.row(values);
    }
    return answer.build();
  }

  /** Names the answering server by one of that table's columns; the default where it is absent. */
  static String ofServer(SimulatedCluster cluster, String column, String otherwise) {
    Table stat = stat(cluster);
    if (stat == null || stat.rows().isEmpty() || index(stat, column) < 0) {
      return otherwise;
    }
    Object value = stat.rows().get(0).get(index(stat, column));
    return value == null ? otherwise : value.toString();
  }

  private static @Nullable Table stat(SimulatedCluster cluster) {
    return cluster.tables(SYSTEM).stream()
        .filter(table -> table.name().equalsIgnoreCase(TABLE))
        .findFirst()
        .orElse(null);
  }

  private static int index(Table table, String column) {
    return IntStream.range(0, table.columns().size())
        .filter(i -> table.columns().get(i).name().equalsIgnoreCase(column))
        .findFirst()
        .orElse(-1);
  }
}
