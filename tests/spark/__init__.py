"""Both engines over the same tables; needs pyspark and Java, and SPARK_TESTS=1: `make test-spark`."""
