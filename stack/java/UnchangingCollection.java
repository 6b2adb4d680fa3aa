import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.ArrayFilters;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.h2.H2Collection;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;
import java.util.ArrayList;
import java.util.List;
import org.h2.mvstore.MVMap;

/**
 * A stored document never changes: an update makes another one. The stock collection changes it where it lies, while
 * another thread writes it to the file or into an answer. A file that meets half a change closes for good.
 */
final class UnchangingCollection extends H2Collection {

    /** An update is looking for its documents. Read and written by whoever holds the collection's lock. */
    private boolean changing;

    UnchangingCollection(
            MongoDatabase database,
            String name,
            CollectionOptions options,
            MVMap<Object, Document> documents,
            MVMap<String, Object> meta,
            CursorRegistry cursors) {
        super(database, name, options, documents, meta, cursors);
    }

    @Override
    public synchronized Document findAndModify(Document query) {
        changing = true;
        try {
            return super.findAndModify(query);
        } finally {
            changing = false;
        }
    }

    @Override
    public synchronized Document updateDocuments(
            Document selector,
            Document update,
            ArrayFilters filters,
            boolean isMulti,
            boolean isUpsert,
            Oplog oplog) {
        changing = true;
        try {
            return super.updateDocuments(selector, update, filters, isMulti, isUpsert, oplog);
        } finally {
            changing = false;
        }
    }

    @Override
    protected QueryResult queryDocuments(
            Document query, Document orderBy, int skip, int limit, int batchSize, Document fields) {
        QueryResult found = super.queryDocuments(query, orderBy, skip, limit, batchSize, fields);
        if (!changing) {
            return found;
        }
        List<Document> copies = new ArrayList<>();
        for (Document document : found) {
            copies.add(document.cloneDeeply());
        }
        return new QueryResult(copies);
    }
}
