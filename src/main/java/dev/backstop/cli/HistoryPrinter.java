package dev.backstop.cli;

import dev.backstop.cli.text.HistoryText;
import dev.backstop.state.HistoryEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Prints history in blocks of entries, so that it may have any length. */
final class HistoryPrinter implements Consumer<HistoryEntry> {

  /** The number of entries whose widest one decides the width of columns. */
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
