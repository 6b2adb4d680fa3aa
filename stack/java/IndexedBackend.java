import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;

/**
 * The stock backend reads a whole collection unless a query asks for exactly the fields of a unique index. Here every
 * index narrows what is read; the query itself still decides about each document.
 */
final class IndexedBackend extends H2Backend {

    private static final MVMap.Builder<Object, Document> MAP =
            new MVMap.Builder<Object, Document>().keyType(new DocumentKeys()).valueType(new BsonDocuments());

    private final AtomicLong begun = new AtomicLong();
    private long committed;

    IndexedBackend(MVStore store) {
        super(store);
    }

    /** What a caller wants journaled is in the file before it is told so; all else within a second. */
    @Override
    public Document handleMessage(MongoMessage message) {
        try {
            Document answer = super.handleMessage(message);
            if (isJournaled(message.getDocument())) {
                commitAllBefore(begun.incrementAndGet());
            }
            return answer;
        } catch (RuntimeException failure) {
            tell(message.getDocument(), failure);
            if (getMvStore().isClosed()) {
                // Nothing works any more: whoever started this process starts it again, and the file is opened anew.
                Runtime.getRuntime().halt(1);
            }
            throw failure;
        }
    }

    private static boolean isJournaled(Document command) {
        return command.get("writeConcern") instanceof Document concern && Utils.isTrue(concern.get("j"));
    }

    /** Its name, its collection and where it failed: values of a command, or of the failure's text, belong in no log. */
    private static void tell(Document command, RuntimeException failure) {
        String name = command.keySet().iterator().next();
        StringBuilder line = new StringBuilder(name + " of " + command.get(name) + " failed: ");
        if (failure instanceof MongoServerError error) {
            line.append("code ").append(error.getCode());
        } else {
            line.append(failure.getClass().getName());
            for (StackTraceElement frame : failure.getStackTrace()) {
                line.append("\n    at ").append(frame);
            }
        }
        System.err.println(line);
    }

    /** Whoever comes while another one writes is done with the next write, together with all the others. */
    private synchronized void commitAllBefore(long mine) {
        if (committed < mine) {
            long all = begun.get();
            commit();
            committed = all;
        }
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
        return new IndexedDatabase(name);
    }

    /** An inner class: the constructor above it opens the indexes of an older run already, and they need the store. */
    private final class IndexedDatabase extends H2Database {

        IndexedDatabase(String name) {
            super(name, getMvStore(), getCursorRegistry());
        }

        @Override
        protected MongoCollection<Object> openOrCreateCollection(String collection, CollectionOptions options) {
            String name = getFullCollectionNamespace(collection);
            MVMap<Object, Document> documents = getMvStore().openMap("databases." + name, MAP);
            MVMap<String, Object> meta = getMvStore().openMap("meta." + name);
            return new UnchangingCollection(
                    this, collection, options, documents, meta, getCursorRegistry());
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(
                String collection, String name, List<IndexKey> keys, boolean sparse) {
            // The stock index of an older data file.
            getMvStore().removeMap(getFullCollectionNamespace(collection) + "._index_" + name);
            return new UniqueLookup(name, keys, sparse);
        }

        @Override
        protected Index<Object> openOrCreateSecondaryIndex(
                String collection, String name, List<IndexKey> keys, boolean sparse) {
            return new PrefixLookup(name, keys, sparse);
        }
    }
}
