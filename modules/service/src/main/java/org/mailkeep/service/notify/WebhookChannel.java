package org.mailkeep.service.notify;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mailkeep.model.error.UsageException;
import org.mailkeep.service.config.Notifications.Address;

/**
 * Posts JSON: {@code text} is what chat servers show, {@code state} is {@code bad}, {@code well} or
 * {@code digest}, {@code bad} and {@code well} name the steps whose state has changed.
 */
public final class WebhookChannel implements Channel {

  private final Address address;
  private final String host;
  private final Function<Map<String, ?>, String> json;

  /**
   * @param host that messages are from
   * @param json makes an object of its members
   */
  public WebhookChannel(Address address, String host, Function<Map<String, ?>, String> json) {
    this.address = address;
    this.host = host;
    this.json = json;
  }

  @Override
  public String name() {
    return "webhook";
  }

  @Override
  public Optional<String> send(Message message) {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("host", host);
    members.put("state", message.digest() ? "digest" : message.bad().isEmpty() ? "well" : "bad");
    members.put("subject", message.subject());
    members.put("text", message.subject() + "\n" + String.join("\n", message.lines()));
    members.put("bad", message.bad());
    members.put("well", message.well());
    try {
      return Web.post(address.text(), "application/json", json.apply(members));
    } catch (UsageException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
