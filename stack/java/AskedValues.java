import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.bson.BsonRegularExpression;
import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The values that a query asks of an index's fields, as far as it asks for plain values or for some of a list. */
final class AskedValues {

    /** Beyond this, reading everything is no dearer. */
    private static final int MOST = 5_000;

    private static final String IN = "$in";

    private AskedValues() {}

    /**
     * One entry per combination, normalized as an index keeps it, of the first {@code keys} up to the first that has no
     * such value. Empty: nothing can be looked up.
     */
    static List<KeyValue> of(Document query, List<String> keys) {
        List<List<Object>> found = List.of();
        for (String key : keys) {
            List<Object> values = valuesOf(query.get(key));
            if (values == null || Math.max(found.size(), 1) * values.size() > MOST) {
                break;
            }
            found = combined(found, values);
        }
        return found.stream().map((values) -> new KeyValue(values).normalized()).toList();
    }

    /** 1, 1L and 1.0 are the same. */
    static Object normalized(Object value) {
        return new KeyValue(value).normalized().get(0);
    }

    private static List<List<Object>> combined(List<List<Object>> heads, List<Object> values) {
        List<List<Object>> all = new ArrayList<>();
        for (List<Object> head : heads.isEmpty() ? List.<List<Object>>of(List.of()) : heads) {
            for (Object value : values) {
                List<Object> whole = new ArrayList<>(head);
                whole.add(value);
                all.add(whole);
            }
        }
        return all;
    }

    /** Null: not a plain value, nor a list of some. What is missing equals null, so null is none. */
    private static List<Object> valuesOf(Object asked) {
        if (isPlain(asked)) {
            return List.of(asked);
        }
        if (asked instanceof Document condition && condition.keySet().equals(Set.of(IN))
                && condition.get(IN) instanceof Collection<?> list && !list.isEmpty()
                && list.stream().allMatch(AskedValues::isPlain)) {
            return List.copyOf(list);
        }
        return null;
    }

    private static boolean isPlain(Object value) {
        return value != null && !(value instanceof Map) && !(value instanceof Collection)
                && !BsonRegularExpression.isRegularExpression(value);
    }
}
