package dev.backstop.notification;

/** Delivers messages of one notification; may take some seconds, never longer. */
interface Transport {

  /**
   * Delivers a message.
   *
   * @throws DeliveryException where it did not arrive, or may not have
   */
  void deliver(Message message) throws DeliveryException, InterruptedException;
}
