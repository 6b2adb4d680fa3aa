import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import java.io.File;
import java.util.List;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreTool;

/**
 * Starts the MongoDB-compatible server: {@code Launcher <port> [<data file>]}. Without a data file everything is in
 * memory. The stock launchers take neither a port nor a file.
 */
public final class Launcher {

    /** The driver refuses the wire versions that the stock enum knows; the commands it then sends are understood. */
    private static final MongoVersion REPORTED = new MongoVersion() {
        @Override
        public List<Integer> getVersionArray() {
            return List.of(5, 0, 0);
        }

        @Override
        public int getWireVersion() {
            return 13;
        }
    };

    /** Decoding a page costs far more than reading it. */
    private static final int CACHE_MB = 256;

    /** The store only ever appends; without this a day's work leaves a file many times the size of its content. */
    private static final long COMPACT_ABOVE_BYTES = 32L << 20;

    public static void main(String[] arguments) {
        int port = Integer.parseInt(arguments[0]);
        MVStore store = arguments.length > 1 ? onDisk(arguments[1]) : new MVStore.Builder().open();
        MongoServer server = new MongoServer(new IndexedBackend(store).version(REPORTED));
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
        server.bind("127.0.0.1", port);
        System.out.println("listening on " + server.getLocalAddress());
    }

    private static MVStore onDisk(String file) {
        if (new File(file).length() > COMPACT_ABOVE_BYTES) {
            MVStoreTool.compact(file, false);
        }
        MVStore store = new MVStore.Builder().fileName(file).cacheSize(CACHE_MB).open();
        store.setRetentionTime(0);
        return store;
    }
}
