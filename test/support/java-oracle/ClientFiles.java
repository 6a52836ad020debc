import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.JaasContext;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Answers one line of standard input with one line: "properties TEXT" with the pairs that java.util.Properties reads, "jaas TEXT" with the module
 * and the options that Kafka's own JaasContext reads, or "refused MESSAGE". TEXT and every word of an answer are base64 of UTF-8.
 */
class ClientFiles {
    public static void main(String[] args) throws Exception {
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            String text = words.length < 2 ? "" : new String(Base64.getDecoder().decode(words[1]), UTF_8);
            System.out.println(words[0].equals("jaas") ? jaas(text) : properties(text));
        }
    }

    private static String properties(String text) {
        Properties read = new Properties();
        try {
            read.load(new StringReader(text));
        } catch (Exception e) {
            return "refused " + encode(String.valueOf(e.getMessage()));
        }
        Map<String, String> pairs = new TreeMap<>();
        for (String name : read.stringPropertyNames()) pairs.put(name, read.getProperty(name));
        return "ok" + encode(pairs);
    }

    private static String jaas(String text) {
        try {
            JaasContext context = JaasContext.loadClientContext(Map.of("sasl.jaas.config", new Password(text)));
            Map<String, String> pairs = new TreeMap<>();
            var entry = context.configurationEntries().get(0);
            entry.getOptions().forEach((key, value) -> {
                if (key != null) pairs.put(key, String.valueOf(value));
            });
            return "ok " + encode(entry.getLoginModuleName()) + encode(pairs);
        } catch (Exception e) {
            return "refused " + encode(String.valueOf(e.getMessage()));
        }
    }

    private static String encode(Map<String, String> pairs) {
        StringBuilder out = new StringBuilder();
        pairs.forEach((key, value) -> out.append(' ').append(encode(key)).append(' ').append(encode(value)));
        return out.toString();
    }

    /** A word is never empty, so that words can be told apart by blanks. */
    private static String encode(String text) {
        return text.isEmpty() ? "=" : Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }
}
