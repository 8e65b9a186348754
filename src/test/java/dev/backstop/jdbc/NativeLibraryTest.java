package dev.backstop.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

  @TempDir private Path temporary;

  @Test
  void folderIsTheUsersOwn_andTheSameEachTime() throws IOException {
    Path folder = NativeLibrary.ownFolder(temporary, "al/ice");
    assertThat(folder).isEqualTo(temporary.resolve("backstop-al_ice"));
    assertThat(mode(folder)).isEqualTo("rwx------");
    assertThat(NativeLibrary.ownFolder(temporary, "al/ice")).isEqualTo(folder);
    assertThat(temporary).isDirectoryContaining(folder::equals);
  }

  @Test
  void folderThatOthersCanEnterIsNotUsed() throws IOException {
    Path planted = temporary.resolve("backstop-alice");
    Files.createDirectory(planted);
    Files.setPosixFilePermissions(planted, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path folder = NativeLibrary.ownFolder(temporary, "alice");
    assertThat(folder).isNotEqualTo(planted);
    assertThat(mode(folder)).isEqualTo("rwx------");
  }

  @Test
  void linkInItsPlaceIsNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(temporary.resolve("backstop-alice"), elsewhere);
    Path folder = NativeLibrary.ownFolder(temporary, "alice");
    assertThat(folder).isNotEqualTo(temporary.resolve("backstop-alice"));
    assertThat(mode(folder)).isEqualTo("rwx------");
  }

  @Test
  void librariesOfKilledProcessesAreDeleted_othersStay() throws IOException {
    Instant now = Instant.parse("2026-11-23T06:00:00Z");
    Path old = Files.createFile(temporary.resolve("sqlite-1.so"));
    Path fresh = Files.createFile(temporary.resolve("sqlite-2.so"));
    Path other = Files.createFile(temporary.resolve("other"));
    Files.setLastModifiedTime(old, FileTime.from(now.minusSeconds(1)));
    Files.setLastModifiedTime(fresh, FileTime.from(now));
    Files.setLastModifiedTime(other, FileTime.from(now.minusSeconds(1)));
    NativeLibrary.deleteStale(temporary, now);
    assertThat(old).doesNotExist();
    assertThat(fresh).exists();
    assertThat(other).exists();
  }

  private static String mode(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
