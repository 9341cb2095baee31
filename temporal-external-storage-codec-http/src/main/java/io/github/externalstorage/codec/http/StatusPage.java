package io.github.externalstorage.codec.http;

/**
 * What a server tells about itself.
 *
 * @param contentType the media type of the text, which is sent in UTF-8
 * @param text the content
 */
public record StatusPage(String contentType, String text) {}
