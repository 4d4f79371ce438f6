import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.elasticsearch.Version;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node for tests, made of the published libraries: the distribution is not on
 * Maven Central. It listens on this machine alone and keeps its data in the folder it is given.
 *
 * Arguments: the node's home folder, the HTTP port.
 */
public class TestNode {

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]).toAbsolutePath();
        for (String folder : List.of("config", "data", "logs", "plugins")) {
            Files.createDirectories(home.resolve(folder));
        }
        // HTTP must come from a plugin with a class loader of its own; on the class path it is refused.
        Files.writeString(
            home.resolve("modules/transport-netty4/plugin-descriptor.properties"),
            String.join("\n",
                "name=transport-netty4", "description=HTTP", "java.version=21",
                "version=" + Version.CURRENT, "elasticsearch.version=" + Version.CURRENT,
                "classname=org.elasticsearch.transport.netty4.Netty4Plugin", ""));

        LogConfigurator.registerErrorListener();
        LogConfigurator.configureESLogging();
        LogConfigurator.configureWithoutConfig(Settings.builder().put("logger.level", "WARN").build());

        Environment environment = new Environment(settings(home, arguments[1]), home.resolve("config"));
        PluginsLoader plugins = PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(environment.modulesDir(), false),
            PluginsLoader.loadPluginsBundles(environment.pluginsDir(), false),
            Map.of(), false);
        Node node = new Node(environment, plugins);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.prepareForClose();
                node.close();
                node.awaitClose(10, TimeUnit.SECONDS);
            } catch (Exception failure) {
                failure.printStackTrace();
            }
            stopped.countDown();
        }));
        node.start();
        stopped.await();
    }

    private static Settings settings(Path home, String port) {
        return Settings.builder()
            .put("path.home", home.toString())
            .put("path.data", home.resolve("data").toString())
            .put("path.logs", home.resolve("logs").toString())
            .put("cluster.name", "noddfa-tests")
            .put("node.name", "only")
            .put("discovery.type", "single-node")
            .put("network.host", "127.0.0.1")
            .put("http.port", port)
            .put("transport.port", "0")
            .put("cluster.routing.allocation.disk.threshold_enabled", false)
            // With a small heap the real-memory breaker refuses a rebuild beside searches (429).
            .put("indices.breaker.total.use_real_memory", false)
            .put("action.auto_create_index", false)
            .build();
    }
}
