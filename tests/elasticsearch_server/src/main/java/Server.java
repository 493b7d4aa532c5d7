import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node. Arguments are its settings, {@code name=value}; {@code path.home} holds
 * {@code config/} and {@code modules/}.
 *
 * <p>The distribution's own main class refuses to run as root and wants a parent process that talks
 * to it; everything after that is the same node.
 */
public final class Server {
  private Server() {}

  public static void main(String[] arguments) throws Exception {
    // The first thing that logs must find a logger.
    LogConfigurator.configureESLogging();
    Settings.Builder given = Settings.builder();
    for (String argument : arguments) {
      String[] setting = argument.split("=", 2);
      given.put(setting[0], setting[1]);
    }
    Settings settings = given.build();
    Path config = Path.of(settings.get("path.home"), "config");
    Environment environment =
        InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), config, () -> "node");
    LogConfigurator.registerErrorListener();
    LogConfigurator.configure(environment, true);
    PluginsLoader modules =
        PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir()),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir()),
            Map.of());
    new Node(environment, modules).start();
    new CountDownLatch(1).await();
  }
}
