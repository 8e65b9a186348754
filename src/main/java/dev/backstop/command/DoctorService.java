package dev.backstop.command;

import dev.backstop.command.Application.Check;
import dev.backstop.config.Settings;
import dev.backstop.daemon.BackstopException;
import dev.backstop.daemon.ClusterRegistry;
import dev.backstop.daemon.Permissions;
import dev.backstop.daemon.PolicyFolders;
import dev.backstop.daemon.StateStores;
import dev.backstop.observation.BlindSpot;
import dev.backstop.observation.Observation;
import dev.backstop.observation.TenantId;
import dev.backstop.oceanbase.OceanBaseCluster;
import dev.backstop.oceanbase.ProbeResult;
import dev.backstop.policy.FolderScan;
import dev.backstop.policy.Policy;
import dev.backstop.state.TransientStore;
import dev.backstop.store.JdbcStore;
import dev.backstop.store.StoreOpening;
import dev.backstop.timeline.Clocks;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Examines all that Backstop needs and says how to mend what is wrong; changes nothing. */
final class DoctorService {

  private final CommandContext context;
  private final Settings settings;
  private final Clock clock;

  DoctorService(CommandContext context) {
    this.context = context;
    this.settings = context.settings();
    this.clock = context.clock();
  }

  void examine(List<String> clusters, Consumer<String> progress, Consumer<Check> found) {
    found.accept(folder());
    found.accept(store());
    new Permissions(System::getenv)
        .findings(settings)
        .forEach(
            one ->
                found.accept(
                    new Check(
                        "permissions",
                        one.place(),
                        true,
                        "warning: " + one.words(),
                        one.repair())));
    new NotificationService(context).examine().forEach(found);
    try (ClusterRegistry registry = ClusterRegistry.forOneLook(settings, clock)) {
      List<Policy> policies = new ValidateService(context).goodPolicies();
      new ClusterTasks("Checked", progress)
          .run(
              clusters,
              cluster -> examine(cluster, registry.connect(cluster).orElseThrow(), policies),
              checks -> checks.forEach(found));
    }
  }

  private List<Check> examine(String cluster, OceanBaseCluster reached, List<Policy> policies) {
    List<Check> checks = new ArrayList<>();
    for (ProbeResult probe : reached.probe()) {
      checks.add(new Check(cluster, probe.what(), probe.ok(), probe.words(), probe.repair()));
    }
    checks.addAll(tenantNames(cluster, reached, policies));
    return checks;
  }

  /** A name that does not resolve is a warning: the tenant may come later. */
  private List<Check> tenantNames(String cluster, OceanBaseCluster reached, List<Policy> policies) {
    Set<String> names = tenantNames(cluster, policies);
    if (names.isEmpty()) {
      return List.of();
    }
    Observation look = reached.look(names);
    if (look.blindTo(BlindSpot.Area.TENANT_NAMES).isPresent()) {
      return List.of();
    }
    return names.stream()
        .map(
            name -> {
              TenantId id = look.tenantIds().get(name);
              String words =
                  id == null
                      ? "warning: the server knows no tenant of this name"
                      : "is tenant " + id;
              String repair = id == null ? "correct the name in the policy, or use the id" : "";
              return new Check(cluster, "tenant " + name, true, words, repair);
            })
        .toList();
  }

  /** Names the tenants that the policies of a cluster use. */
  private static Set<String> tenantNames(String cluster, List<Policy> policies) {
    Set<String> names = new TreeSet<>();
    for (Policy policy : policies) {
      if (policy.cluster().equals(cluster)) {
        names.addAll(policy.coverage().names());
      }
    }
    return names;
  }

  private Check folder() {
    FolderScan scan =
        PolicyFolders.open(settings)
            .scan(new Clocks(TransientStore.forAbsent().timeline(), clock).read());
    String directory = settings.folder().directory().toString();
    boolean ok = scan.directory().access() == FolderScan.Access.READABLE;
    return new Check(
        "folder",
        directory,
        ok,
        ok ? files(scan.files().size()) + unread(scan) : scan.directory().words(),
        ok ? "" : "make the folder readable, or set policies.directory in " + settings.file());
  }

  private static String files(int count) {
    return count + (count == 1 ? " policy file" : " policy files");
  }

  private static String unread(FolderScan scan) {
    List<String> unread =
        scan.unread().stream()
            .filter(FolderScan.UnreadEntry::isShown)
            .map(entry -> entry.path() + " (" + entry.words() + ")")
            .toList();
    return unread.isEmpty() ? "" : "; warning: not read are " + String.join(", ", unread);
  }

  private Check store() {
    // What the address may carry as parameters is nobody's business.
    String url = settings.state().url().replaceFirst("(jdbc:mysql:[^?]*)[?].*", "$1");
    StoreOpening opening;
    try {
      opening = context.store().read();
      JdbcStore store = opening.store();
      if (store != null) {
        store.close();
        opening = StateStores.inspect(settings);
      }
    } catch (BackstopException e) {
      return new Check("store", url, false, String.join("; ", e.lines()), "");
    }
    return switch (opening.result()) {
      case OPENED, CREATED -> new Check("store", url, true, "passes its check", "");
      case ABSENT -> new Check("store", url, true, "not there yet: run makes it", "");
      case DENIED -> new Check("store", url, false, opening.words(), "");
      case UNREADABLE ->
          new Check(
              "store",
              url,
              false,
              opening.words(),
              "backstop approve store-unreadable --reason R sets it aside");
    };
  }
}
