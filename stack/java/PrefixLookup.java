import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A plain index: by the first field and by the first two it knows which documents there are. It is kept in memory as
 * well.
 */
final class PrefixLookup extends Index<Object> {

    private static final int DEPTH = 2;

    /** Up to so many candidates, or one document in so many, it is used; whoever asks for more reads all of them. */
    private static final int FEW = 50;
    private static final int SELECTIVE = 10;

    /** In the order in which the documents came, which is that of a look at all of them. */
    private final Map<List<Object>, Set<Object>> positions = new HashMap<>();
    private final List<String> prefix;
    private long documents;

    PrefixLookup(String name, List<IndexKey> keys, boolean sparse) {
        super(name, keys, sparse);
        prefix = List.copyOf(keys().subList(0, Math.min(DEPTH, keys.size())));
    }

    @Override
    public synchronized boolean canHandle(Document query) {
        List<KeyValue> asked = AskedValues.of(query, prefix);
        long candidates = asked.stream().mapToLong((values) -> at(values).size()).sum();
        return !asked.isEmpty() && candidates <= Math.max(FEW, documents / SELECTIVE);
    }

    @Override
    public synchronized Iterable<Object> getPositions(Document query) {
        Set<Object> found = new LinkedHashSet<>();
        for (KeyValue values : AskedValues.of(query, prefix)) {
            found.addAll(at(values));
        }
        return found;
    }

    private Set<Object> at(KeyValue values) {
        return positions.getOrDefault(values.stream().toList(), Set.of());
    }

    @Override
    public synchronized void add(Document document, Object position, MongoCollection<Object> collection) {
        documents += 1;
        for (List<Object> head : headsOf(document)) {
            positions.computeIfAbsent(head, (ignored) -> new LinkedHashSet<>(2)).add(position);
        }
    }

    @Override
    public synchronized Object remove(Document document) {
        Object position = getPosition(document);
        documents -= 1;
        for (List<Object> head : headsOf(document)) {
            positions.computeIfPresent(head, (ignored, there) -> {
                there.remove(position);
                return there.isEmpty() ? null : there;
            });
        }
        return position;
    }

    @Override
    public synchronized void updateInPlace(
            Document before, Document after, Object position, MongoCollection<Object> collection) {
        if (!headsOf(before).equals(headsOf(after))) {
            remove(before);
            add(after, position, collection);
        }
    }

    /** By what a query may ask: one list per depth, and per element where a field holds several. */
    private Set<List<Object>> headsOf(Document document) {
        Set<List<Object>> heads = new HashSet<>();
        Collection<List<Object>> shorter = List.of(List.of());
        for (String field : prefix) {
            Set<List<Object>> longer = new HashSet<>();
            for (List<Object> head : shorter) {
                for (Object value : elementsOf(document, field)) {
                    List<Object> whole = new ArrayList<>(head);
                    whole.add(value instanceof Number ? AskedValues.normalized(value) : value);
                    longer.add(whole);
                }
            }
            heads.addAll(longer);
            shorter = longer;
        }
        return heads;
    }

    private static Collection<?> elementsOf(Document document, String field) {
        Object value = field.contains(".") ? Utils.getSubdocumentValueCollectionAware(document, field) : document.get(field);
        return value instanceof Collection<?> several ? several : Collections.singletonList(value);
    }

    /** The backend keeps its documents by their id. */
    @Override
    public Object getPosition(Document document) {
        return document.get("_id");
    }

    @Override
    public void checkAdd(Document document, MongoCollection<Object> collection) {
        // Two documents may be alike here.
    }

    @Override
    public void checkUpdate(Document before, Document after, MongoCollection<Object> collection) {
        // The same.
    }

    @Override
    public synchronized boolean isEmpty() {
        return documents == 0;
    }

    @Override
    public synchronized long getCount() {
        return documents;
    }

    @Override
    public long getDataSize() {
        return getCount();
    }

    @Override
    public synchronized void drop() {
        positions.clear();
        documents = 0;
    }
}
