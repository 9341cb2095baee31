package io.github.externalstorage.examples;

/** Runs the example. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.out.println("Fulfillment center");
  }
}
