@echo off
rem Runs the program. JAVA_HOME chooses the Java, JAVA_OPTS holds its options, such as -Xmx1g, and
rem CLASSPATH_PREFIX jars and folders that come first in the class path, such as a codec of your own.
setlocal
set "APP_HOME=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "APP_CLASSPATH=%APP_HOME%\lib\*"
if defined CLASSPATH_PREFIX set "APP_CLASSPATH=%CLASSPATH_PREFIX%;%APP_CLASSPATH%"
rem Out of memory, the process ends, so that a supervisor restarts it.
"%JAVA%" -XX:+ExitOnOutOfMemoryError %JAVA_OPTS% -cp "%APP_CLASSPATH%" io.github.externalstorage.cli.Main %*
