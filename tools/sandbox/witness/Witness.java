import com.sun.tools.attach.VirtualMachine;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The brokers' own word, apart from the product: Kafka's Java client for topics and high watermarks, and each broker's
 * JMX beans for the log end offset of its replicas. Attaches to the broker's process, so brokers open no JMX port.
 * One line in (a command and its words), one line of JSON out.
 */
public final class Witness {
    private static final ExecutorService workers = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        return thread;
    });
    private static final Map<String, MBeanServerConnection> attached = new ConcurrentHashMap<>();

    public static void main(String[] args) throws Exception {
        try (Admin admin = Admin.create(Map.of(
                "bootstrap.servers", args[0], "request.timeout.ms", "3000", "default.api.timeout.ms", "15000",
                "metadata.max.age.ms", "500", "reconnect.backoff.max.ms", "200"))) {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
            System.out.println("{\"ready\":true}");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.trim().split(" ");
                System.out.println(answer(() -> switch (words[0]) {
                    case "topics" -> topics(admin);
                    case "settings" -> settings(admin, words[1]);
                    case "watermarks" -> watermarks(admin);
                    case "beans" -> beans(words[1], words[2], words[3].split(","));
                    default -> throw new IllegalArgumentException("unknown command " + words[0]);
                }));
            }
        }
    }

    /** A broker that is frozen in the middle of an answer must not hang the test: the question is given up. */
    private static String answer(Callable<String> question) {
        try {
            return workers.submit(question).get(60, TimeUnit.SECONDS);
        } catch (Exception failure) {
            Throwable deepest = failure;
            while (deepest.getCause() != null) deepest = deepest.getCause();
            return "{\"error\":" + quote(deepest.toString()) + "}";
        }
    }

    /** The client is that of the brokers: `allTopicNames` came with 3.1, and 4.0 took away what there was before. */
    @SuppressWarnings("unchecked")
    private static Map<String, TopicDescription> describe(Admin admin) throws Exception {
        var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
        Method all;
        try {
            all = DescribeTopicsResult.class.getMethod("allTopicNames");
        } catch (NoSuchMethodException older) {
            all = DescribeTopicsResult.class.getMethod("all");
        }
        return ((KafkaFuture<Map<String, TopicDescription>>) all.invoke(admin.describeTopics(names))).get();
    }

    private static String settings(Admin admin, String topic) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        StringJoiner rows = new StringJoiner(",", "{\"rows\":[", "]}");
        for (ConfigEntry entry : admin.describeConfigs(List.of(resource)).all().get().get(resource).entries())
            rows.add("{\"key\":" + quote(entry.name()) + ",\"value\":" + (entry.value() == null ? "null" : quote(entry.value()))
                + ",\"source\":" + quote(entry.source().name()) + "}");
        return rows.toString();
    }

    private static String topics(Admin admin) throws Exception {
        StringJoiner rows = new StringJoiner(",", "{\"rows\":[", "]}");
        for (TopicDescription topic : describe(admin).values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                Node leader = partition.leader();
                rows.add("{\"topic\":" + quote(topic.name()) + ",\"partition\":" + partition.partition()
                    + ",\"leader\":" + (leader == null || leader.isEmpty() ? -1 : leader.id())
                    + ",\"replicas\":" + ids(partition.replicas()) + ",\"isr\":" + ids(partition.isr()) + "}");
            }
        }
        return rows.toString();
    }

    /** READ_UNCOMMITTED "latest" at the leader is its high watermark. Partitions that cannot say are left out. */
    private static String watermarks(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicDescription topic : describe(admin).values()) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                if (partition.leader() == null || partition.leader().isEmpty()) continue;
                asked.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
            }
        }
        long from = System.currentTimeMillis();
        var result = admin.listOffsets(asked);
        List<String> rows = new ArrayList<>();
        for (TopicPartition key : asked.keySet()) {
            KafkaFuture<ListOffsetsResultInfo> future = result.partitionResult(key);
            try {
                rows.add("{\"topic\":" + quote(key.topic()) + ",\"partition\":" + key.partition()
                    + ",\"highWatermark\":" + future.get().offset() + "}");
            } catch (Exception unknown) {
                continue;
            }
        }
        return "{\"from\":" + from + ",\"to\":" + System.currentTimeMillis() + ",\"rows\":[" + String.join(",", rows) + "]}";
    }

    /** Values of one kind of bean (`kafka.log:type=Log`) by topic, partition and name, from the process `pid`. */
    private static String beans(String pid, String kind, String[] names) throws Exception {
        MBeanServerConnection broker = attach(pid);
        long from = System.currentTimeMillis();
        StringJoiner rows = new StringJoiner(",");
        for (String name : names) {
            for (ObjectName bean : broker.queryNames(new ObjectName(kind + ",name=" + name + ",topic=*,partition=*"), null)) {
                Object value;
                try {
                    value = broker.getAttribute(bean, "Value");
                } catch (javax.management.InstanceNotFoundException gone) {
                    continue;
                }
                rows.add("{\"topic\":" + quote(bean.getKeyProperty("topic")) + ",\"partition\":" + bean.getKeyProperty("partition")
                    + ",\"name\":" + quote(name) + ",\"value\":" + value + "}");
            }
        }
        return "{\"from\":" + from + ",\"to\":" + System.currentTimeMillis() + ",\"rows\":[" + rows + "]}";
    }

    private static MBeanServerConnection attach(String pid) throws Exception {
        MBeanServerConnection known = attached.get(pid);
        if (known != null) return known;
        VirtualMachine machine = VirtualMachine.attach(pid);
        try {
            String address = machine.startLocalManagementAgent();
            MBeanServerConnection connection = JMXConnectorFactory.connect(new JMXServiceURL(address)).getMBeanServerConnection();
            attached.put(pid, connection);
            return connection;
        } finally {
            machine.detach();
        }
    }

    private static String ids(List<Node> nodes) {
        return nodes.stream().map(node -> String.valueOf(node.id())).collect(Collectors.joining(",", "[", "]"));
    }

    private static String quote(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", " ").replace("\t", " ") + '"';
    }
}
