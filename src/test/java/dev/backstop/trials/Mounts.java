package dev.backstop.trials;

import java.nio.file.Path;
import java.util.function.Supplier;

/** Mounts small file systems, where the system lets us. */
final class Mounts {

  private Mounts() {}

  /** Tells whether this process may mount. */
  static boolean mayMount() {
    TrialSite site = TrialSite.make();
    try {
      boolean done = attemptTmpfs(site.state(), "1m");
      if (done) {
        vanish(site.state());
      }
      return done;
    } finally {
      site.close();
      site.forget();
    }
  }

  static Finding ifPermitted(String trial, Supplier<Finding> play) {
    return mayMount() ? play.get() : Finding.skipped(trial, "mounting is not permitted here");
  }

  private static boolean attemptTmpfs(Path folder, String size) {
    return Shell.attempt(
                "mount", "-t", "tmpfs", "-o", "size=" + size + ",mode=0700", "trial", folder + "")
            .code()
        == 0;
  }

  static void tmpfs(Path folder, String size) {
    if (!attemptTmpfs(folder, size)) {
      throw new IllegalStateException("could not mount on " + folder);
    }
  }

  static void bind(Path from, Path to) {
    Shell.run("mount", "--bind", from.toString(), to.toString());
  }

  /** Takes a mount away although files on it are open, as a lost disk does. */
  static void vanish(Path folder) {
    Shell.run("umount", "-l", folder.toString());
  }
}
