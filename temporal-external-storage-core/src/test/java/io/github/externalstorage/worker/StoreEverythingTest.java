package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorageRoute;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;

/** With a threshold of 0, everything is stored except for what the server itself reads. */
class StoreEverythingTest {

  private static final SearchAttributeKey<String> COLOR = SearchAttributeKey.forKeyword("Color");
  private static final SearchAttributeKey<String> SHAPE = SearchAttributeKey.forKeyword("Shape");

  @OnEachRoute
  void searchAttributesStayWhereTheServerReadsThem(ExternalStorageRoute route) {
    try (StorageEnvironment environment =
        StorageEnvironment.newBuilder(route)
            .setStorage(storage -> storage.setPayloadSizeThreshold(0))
            .setWorkflows(SearchableWorkflowImpl.class)
            .start()) {
      environment
          .server()
          .registerSearchAttribute("Color", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
      environment
          .server()
          .registerSearchAttribute("Shape", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
      SearchableWorkflow workflow =
          environment
              .client()
              .newWorkflowStub(
                  SearchableWorkflow.class,
                  WorkflowOptions.newBuilder()
                      .setTaskQueue(StorageEnvironment.TASK_QUEUE)
                      .setTypedSearchAttributes(
                          SearchAttributes.newBuilder().set(COLOR, "red").build())
                      .build());

      assertThat(workflow.run("input")).isEqualTo("result");

      SearchAttributes attributes =
          WorkflowStub.fromTyped(workflow).describe().getTypedSearchAttributes();
      assertThat(attributes.get(COLOR)).isEqualTo("red");
      assertThat(attributes.get(SHAPE)).isEqualTo("round");
      assertThat(environment.driver().stored())
          .extracting(stored -> stored.payload().getData().toStringUtf8())
          .containsExactly("\"input\"", "\"result\"");
    }
  }

  @WorkflowInterface
  public interface SearchableWorkflow {
    @WorkflowMethod
    String run(String input);
  }

  public static final class SearchableWorkflowImpl implements SearchableWorkflow {
    @Override
    public String run(String input) {
      Workflow.upsertTypedSearchAttributes(SHAPE.valueSet("round"));
      return "result";
    }
  }
}
