import de.bwaldvogel.mongo.backend.AbstractUniqueIndex;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.Document;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A unique index that also serves queries which ask for more than its fields, or for several values of them. It is kept
 * in memory and built anew at each start, since the server reads the documents into an index that is empty.
 */
final class UniqueLookup extends AbstractUniqueIndex<Object> {

    private final Map<KeyValue, Object> positions = new HashMap<>();

    UniqueLookup(String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
    }

    @Override
    public synchronized boolean canHandle(Document query) {
        // Of several fields the stock index claims more than it can: a pattern ends in an error there.
        return !asked(query).isEmpty() || (!isCompoundIndex() && super.canHandle(query));
    }

    @Override
    public synchronized Iterable<Object> getPositions(Document query) {
        List<KeyValue> asked = asked(query);
        if (asked.isEmpty()) {
            return super.getPositions(query);
        }
        Set<Object> found = new LinkedHashSet<>();
        for (KeyValue values : asked) {
            Object position = positions.get(values);
            if (position != null) {
                found.add(position);
            }
        }
        return found;
    }

    /** Empty unless every field is asked for. */
    private List<KeyValue> asked(Document query) {
        List<String> keys = keys();
        List<KeyValue> asked = query.keySet().containsAll(keys) ? AskedValues.of(query, keys) : List.of();
        return asked.isEmpty() || asked.get(0).size() < keys.size() ? List.of() : asked;
    }

    @Override
    protected Object getPosition(KeyValue values) {
        return positions.get(values);
    }

    @Override
    protected boolean putKeyPosition(KeyValue values, Object position) {
        return positions.putIfAbsent(values, position) == null;
    }

    @Override
    protected Object removeDocument(KeyValue values) {
        return positions.remove(values);
    }

    @Override
    protected Iterable<Map.Entry<KeyValue, Object>> getIterable() {
        return positions.entrySet();
    }

    @Override
    public synchronized boolean isEmpty() {
        return positions.isEmpty();
    }

    @Override
    public synchronized long getCount() {
        return positions.size();
    }

    @Override
    public long getDataSize() {
        return getCount();
    }
}
