package dev.backstop.cli;

import dev.backstop.state.HistoryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Prints history a block of entries at a time, so that it may be of any length. */
final class HistoryPrinter implements Consumer<HistoryEntry> {

  /** Columns are as wide as the entries until then need. */
  private static final int BLOCK = 1_000;

  private final Terminal terminal;
  private final OutputFormat output;
  private final HistoryText text;
  private final List<HistoryEntry> block = new ArrayList<>();
  private boolean isEmpty = true;

  HistoryPrinter(Terminal terminal, OutputFormat output) {
    this.terminal = terminal;
    this.output = output;
    this.text = new HistoryText(terminal.coloursOut());
  }

  @Override
  public void accept(HistoryEntry entry) {
    isEmpty = false;
    block.add(entry);
    if (block.size() == BLOCK) {
      end();
    }
  }

  /** Prints what is left. */
  void end() {
    if (output == OutputFormat.JSON) {
      terminal.json(block.stream().map(JsonOutput::history).toList());
    } else {
      terminal.print(text.lines(block));
    }
    block.clear();
    if (terminal.isClosed()) {
      throw new OutputException();
    }
  }

  /** Returns whether there was no entry. */
  boolean isEmpty() {
    return isEmpty;
  }
}
