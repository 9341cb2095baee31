package io.github.externalstorage.examples;
