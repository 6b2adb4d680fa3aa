import de.bwaldvogel.mongo.bson.ObjectId;
import java.nio.ByteBuffer;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/** The ids of documents as the file holds them, see {@link BsonDocuments}: one by one, for all of a page. */
final class DocumentKeys extends BasicDataType<Object> {

    /** No tag of {@link ObjectDataType}, which begins every other id, and every id of an older file. */
    private static final byte OBJECT_ID = 34;

    private static final int OBJECT_ID_BYTES = 12;
    private static final int OBJECT_ID_MEMORY = 48;

    private final ObjectDataType others = new ObjectDataType();

    @Override
    public int compare(Object one, Object other) {
        if (one instanceof ObjectId left && other instanceof ObjectId right) {
            return left.compareTo(right);
        }
        return others.compare(one, other);
    }

    @Override
    public void write(WriteBuffer target, Object key) {
        if (key instanceof ObjectId id) {
            target.put(OBJECT_ID).put(id.toByteArray());
        } else {
            others.write(target, key);
        }
    }

    @Override
    public Object read(ByteBuffer source) {
        if (source.get(source.position()) != OBJECT_ID) {
            return others.read(source);
        }
        source.get();
        byte[] id = new byte[OBJECT_ID_BYTES];
        source.get(id);
        return new ObjectId(id);
    }

    @Override
    public int getMemory(Object key) {
        return key instanceof ObjectId ? OBJECT_ID_MEMORY : others.getMemory(key);
    }

    @Override
    public Object[] createStorage(int size) {
        return new Object[size];
    }
}
