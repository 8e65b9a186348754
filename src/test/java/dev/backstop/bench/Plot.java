package dev.backstop.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A line chart as SVG, which begins at 0.
 *
 * @param title what its values are
 * @param across what is across
 * @param isLogarithmic whether what is across is shown by its logarithm
 * @param series the lines
 */
record Plot(String title, String across, boolean isLogarithmic, List<Series> series) {

  private static final int WIDTH = 640;
  private static final int HEIGHT = 240;
  private static final int LEFT = 60;
  private static final int RIGHT = 110;
  private static final int TOP = 34;
  private static final int BOTTOM = 40;
  private static final int TICKS = 4;
  private static final List<String> COLOURS = List.of("#1f6feb", "#bc4c00", "#57606a");

  /** A point. */
  record Point(double x, double y) {}

  /** A line with its name. */
  record Series(String name, List<Point> points) {}

  /** Returns a picture of plots, one under the other. */
  static String page(List<Plot> plots) {
    StringBuilder page = new StringBuilder();
    page.append(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %s %s\" width=\"%s\" font-family=\"sans-serif\" font-size=\"12\">%n"
            .formatted(WIDTH, HEIGHT * plots.size(), WIDTH));
    page.append("<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
    for (int i = 0; i < plots.size(); i++) {
      page.append("<g transform=\"translate(0 %s)\">%n".formatted(HEIGHT * i));
      page.append(plots.get(i).body());
      page.append("</g>\n");
    }
    return page.append("</svg>\n").toString();
  }

  private String body() {
    StringBuilder body = new StringBuilder(text(LEFT, TOP - 14, "start", title));
    double highest = highest();
    for (int tick = 0; tick <= TICKS; tick++) {
      double value = highest * tick / TICKS;
      double y = y(value, highest);
      body.append(
          shape(
              "<line x1=\"%s\" x2=\"%s\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#d0d7de\"/>",
              LEFT, WIDTH - RIGHT, y, y));
      body.append(text(LEFT - 6, y + 4, "end", number(value)));
    }
    for (double x : ticksAcross()) {
      body.append(text(x(x), HEIGHT - BOTTOM + 16, "middle", number(x)));
    }
    body.append(text((LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 8, "middle", across));
    for (int i = 0; i < series.size(); i++) {
      body.append(line(series.get(i), COLOURS.get(i % COLOURS.size()), highest));
    }
    return body.toString();
  }

  private String line(Series line, String colour, double highest) {
    String points =
        line.points().stream()
            .map(point -> format("%.1f,%.1f", x(point.x()), y(point.y(), highest)))
            .collect(Collectors.joining(" "));
    Point last = line.points().get(line.points().size() - 1);
    return shape(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>",
            points, colour)
        + (series.size() == 1
            ? ""
            : text(x(last.x()) + 6, y(last.y(), highest) + 4, "start", line.name()));
  }

  /** Returns all places that have a value where they are few; else the ends and the middle. */
  private List<Double> ticksAcross() {
    List<Double> all =
        series.stream().flatMap(line -> line.points().stream()).map(Point::x).distinct().toList();
    return all.size() <= 2 * TICKS
        ? all
        : List.of(all.get(0), all.get(all.size() / 2), all.get(all.size() - 1));
  }

  private double highest() {
    double highest =
        series.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(Point::y)
            .max()
            .orElse(1);
    double unit = Math.pow(10, Math.floor(Math.log10(Math.max(highest, 1e-3))));
    return Math.ceil(highest * 1.05 / unit) * unit;
  }

  private double x(double value) {
    double from = scaled(ticks(true));
    double to = scaled(ticks(false));
    double share = to == from ? 0.5 : (scaled(value) - from) / (to - from);
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private double ticks(boolean isFirst) {
    var all = series.stream().flatMap(line -> line.points().stream()).mapToDouble(Point::x);
    return isFirst ? all.min().orElse(0) : all.max().orElse(1);
  }

  private double scaled(double x) {
    return isLogarithmic ? Math.log10(x) : x;
  }

  private static double y(double value, double highest) {
    return HEIGHT - BOTTOM - value / highest * (HEIGHT - TOP - BOTTOM);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? format("%.0f", value) : format("%.2f", value);
  }

  private static String text(double x, double y, String anchor, String words) {
    return shape("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>", x, y, anchor, words);
  }

  private static String shape(String format, Object... values) {
    return format(format, values) + "\n";
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
