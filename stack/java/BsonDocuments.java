import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;
import org.h2.mvstore.type.ObjectDataType;

/**
 * Documents as the file holds them. A write of one rewrites its page, and as serialized Java objects, which is what the
 * stock backend makes of them, that took a third of the server's CPU.
 */
final class BsonDocuments extends BasicDataType<Document> {

    /** No tag of {@link ObjectDataType}, which begins every document of an older file. */
    private static final byte BSON = 33;

    private static final int FIRST_BYTES = 1024;
    private static final int OBJECT_BYTES = 48;
    private static final int FIELD_BYTES = 64;

    private final ObjectDataType older = new ObjectDataType();

    @Override
    public void write(WriteBuffer target, Document document) {
        ByteBuf bson = Unpooled.buffer(FIRST_BYTES);
        BsonEncoder.encodeDocument(document, bson);
        target.put(BSON).putInt(bson.readableBytes()).put(bson.nioBuffer());
    }

    @Override
    public Document read(ByteBuffer source) {
        if (source.get(source.position()) != BSON) {
            return (Document) older.read(source);
        }
        source.get();
        int bytes = source.getInt();
        ByteBuffer bson = source.slice(source.position(), bytes);
        source.position(source.position() + bytes);
        return BsonDecoder.decodeBson(Unpooled.wrappedBuffer(bson));
    }

    /** About what it takes in memory: by this the store decides how many documents share a page. */
    @Override
    public int getMemory(Document document) {
        return bytesOf(document);
    }

    @Override
    public Document[] createStorage(int size) {
        return new Document[size];
    }

    private static int bytesOf(Object value) {
        if (value instanceof String text) {
            return OBJECT_BYTES + text.length();
        }
        int bytes = OBJECT_BYTES;
        if (value instanceof Map<?, ?> fields) {
            for (Object field : fields.values()) {
                bytes += FIELD_BYTES + bytesOf(field);
            }
        } else if (value instanceof Collection<?> items) {
            for (Object item : items) {
                bytes += bytesOf(item);
            }
        }
        return bytes;
    }
}
