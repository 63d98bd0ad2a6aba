import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.SAXException;

/**
 * Judges many documents in one JVM. Reads lines of `schema file, tab, document in Base64`; answers each with `valid`,
 * or `invalid` and the first reason.
 */
public class SchemaJudge {
  public static void main(String[] arguments) throws Exception {
    Map<String, Schema> schemas = new HashMap<>();
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      String[] parts = line.split("\t");
      Schema schema = schemas.get(parts[0]);
      if (schema == null) {
        schema = factory.newSchema(new File(parts[0]));
        schemas.put(parts[0], schema);
      }
      Validator validator = schema.newValidator();
      try {
        validator.validate(new StreamSource(new ByteArrayInputStream(Base64.getDecoder().decode(parts[1]))));
        System.out.println("valid");
      } catch (SAXException refusal) {
        System.out.println("invalid " + refusal.getMessage().replaceAll("\\s+", " "));
      }
    }
  }
}
