//! DataFusion's side of planning: its options, functions and rules, and the tables of a statement.

use crate::callable::{self, is_callable};
use crate::catalog::Tables;
use census_dialect::catalog::Catalog;
use census_dialect::resolution::{
    ConditionalRewrite, PredicateRewrite, with_set_types, wrap_values,
};
use census_dialect::{
    AggregateArgumentCheck, ArithmeticRewrite, ArrayOrderRewrite, CastRewrite, DdsqlTypes,
    DecorrelationRule, DialectError, HstoreOrderRewrite, HstoreOrderRule, IntervalEqualityRule,
    IntervalOrderRewrite, JsonMemberRewrite, JsonUnnestRule, SetOperationRule, WindowFrameRewrite,
    WithTiesRule, array_forms, conditional_forms, functions, hstore_signs, hypothetical_sets,
    joins_using, open_literals, planners, row_functions, subquery_forms, with_queries,
};
use datafusion::arrow::datatypes::{DataType, SchemaRef};
use datafusion::common::config::ConfigOptions;
use datafusion::common::tree_node::TreeNode;
use datafusion::common::{Result, TableReference};
use datafusion::datasource::cte_worktable::CteWorkTable;
use datafusion::datasource::provider_as_source;
use datafusion::error::DataFusionError;
use datafusion::execution::FunctionRegistry;
use datafusion::execution::SessionStateDefaults;
use datafusion::execution::runtime_env::RuntimeEnv;
use datafusion::execution::session_state::{SessionState, SessionStateBuilder};
use datafusion::logical_expr::planner::{
    ContextProvider, ExprPlanner, RelationPlanner, TypePlanner,
};
use datafusion::logical_expr::{
    AggregateUDF, Expr, ExprSchemable, HigherOrderUDF, LogicalPlan, ScalarUDF, TableSource,
    WindowUDF,
};
use datafusion::optimizer::analyzer::{Analyzer, AnalyzerRule};
use datafusion::physical_plan::ExecutionPlan;
use datafusion::prelude::SessionConfig;
use datafusion::sql::planner::{ParserOptions, SqlToRel};
use datafusion::sql::sqlparser::ast::{self, Query};
use std::sync::Arc;

/// Returns the state that sessions plan with.
///
/// Neither file formats nor table factories are registered: nothing in it can open a file by name.
pub(crate) fn state(runtime: Arc<RuntimeEnv>, catalog: &Arc<Catalog>) -> SessionState {
    let mut scalars = SessionStateDefaults::default_scalar_functions();
    scalars.extend(functions::scalar_functions().iter().cloned());
    // The later of two functions of a name counts.
    scalars.extend(functions::catalog_scalar_functions(catalog).into_iter().map(Arc::new));
    let mut aggregate_functions = SessionStateDefaults::default_aggregate_functions();
    aggregate_functions.extend(functions::aggregates());
    let mut window_functions = SessionStateDefaults::default_window_functions();
    window_functions.extend(functions::window_functions());
    let mut expression_planners = planners();
    expression_planners.extend(SessionStateDefaults::default_expr_planners());
    let mut rules: Vec<Arc<dyn AnalyzerRule + Send + Sync>> =
        vec![Arc::new(JsonUnnestRule), Arc::new(WithTiesRule)];
    rules.extend(Analyzer::new().rules);
    rules.push(Arc::new(HstoreOrderRule));
    rules.push(Arc::new(IntervalEqualityRule));
    rules.push(Arc::new(SetOperationRule));
    rules.push(Arc::new(DecorrelationRule));
    let mut state = SessionStateBuilder::new()
        .with_config(config())
        .with_runtime_env(runtime)
        .with_scalar_functions(scalars)
        .with_aggregate_functions(aggregate_functions)
        .with_window_functions(window_functions)
        .with_expr_planners(expression_planners)
        .with_type_planner(Arc::new(DdsqlTypes))
        .with_analyzer_rules(rules)
        .build();
    // Only a state whose analyzer is fixed refuses a rewrite; this one is not.
    let _ = state.register_function_rewrite(Arc::new(AggregateArgumentCheck));
    let _ = state.register_function_rewrite(Arc::new(CastRewrite));
    let _ = state.register_function_rewrite(Arc::new(ArithmeticRewrite));
    let _ = state.register_function_rewrite(Arc::new(PredicateRewrite));
    let _ = state.register_function_rewrite(Arc::new(ConditionalRewrite));
    let _ = state.register_function_rewrite(Arc::new(JsonMemberRewrite));
    let _ = state.register_function_rewrite(Arc::new(WindowFrameRewrite));
    let _ = state.register_function_rewrite(Arc::new(HstoreOrderRewrite));
    let _ = state.register_function_rewrite(Arc::new(IntervalOrderRewrite));
    let _ = state.register_function_rewrite(Arc::new(ArrayOrderRewrite));
    state
}

fn config() -> SessionConfig {
    let mut config = SessionConfig::new()
        .with_create_default_catalog_and_schema(false)
        .with_information_schema(false)
        .with_default_catalog_and_schema(crate::tables::CATALOG, "aws");
    let options = config.options_mut();
    options.sql_parser.collect_spans = true;
    options.sql_parser.map_string_types_to_utf8view = false;
    options.execution.parquet.schema_force_view_types = false;
    options.execution.parquet.pushdown_filters = true;
    options.execution.parquet.reorder_filters = true;
    config
}

/// How much stack the planner of statements has, in bytes; only what it uses becomes memory.
const PLANNER_STACK: usize = 32 << 20;

/// Plans a query over tables that are already open.
pub(crate) fn plan(state: &SessionState, tables: &Tables, query: &Query) -> Result<LogicalPlan> {
    let mut query = query.clone();
    hypothetical_sets::rewrite(&mut query);
    open_literals::rewrite(&mut query);
    conditional_forms::rewrite(&mut query);
    wrap_values(&mut query);
    array_forms::rewrite(&mut query).map_err(|error| DataFusionError::External(Box::new(error)))?;
    hstore_signs::rewrite(&mut query);
    subquery_forms::rewrite(&mut query);
    row_functions::expand(&mut query);
    with_queries::resolve(&mut query)
        .map_err(|error| DataFusionError::External(Box::new(error)))?;
    joins_using::resolve(&mut query)?;
    let context = StatementContext {
        state,
        tables,
        types: Arc::new(DdsqlTypes),
        relations: [Arc::new(row_functions::Relations)],
    };
    let options = ParserOptions::from(&state.config_options().sql_parser);
    // Its recursion takes more stack a level of nesting than threads have for what the dialect allows.
    stacker::grow(PLANNER_STACK, || {
        let plan = SqlToRel::new_with_options(&context, options)
            .sql_statement_to_plan(ast::Statement::Query(Box::new(query)))?;
        with_set_types(plan)
    })
}

/// Plans how an optimised query is answered.
pub(crate) async fn physical(
    state: &SessionState,
    logical: &LogicalPlan,
) -> Result<Arc<dyn ExecutionPlan>> {
    if !joins_on_nested_values(logical)? {
        return state.query_planner().create_physical_plan(logical, state).await;
    }
    // The bounds of one side would be pushed down to the other, and DataFusion finds none for maps.
    let mut state = state.clone();
    let options = state.config_mut().options_mut();
    options.optimizer.enable_join_dynamic_filter_pushdown = false;
    state.query_planner().create_physical_plan(logical, &state).await
}

/// Tells whether sides of a join are matched by an hstore, an array or another value that is made of values.
fn joins_on_nested_values(plan: &LogicalPlan) -> Result<bool> {
    let is_nested = |expr: &Expr, side: &LogicalPlan| {
        expr.get_type(side.schema()).is_ok_and(|data_type| data_type.is_nested())
    };
    plan.exists(|node| {
        Ok(match node {
            LogicalPlan::Join(join) => join
                .on
                .iter()
                .any(|(left, right)| is_nested(left, &join.left) || is_nested(right, &join.right)),
            _ => false,
        })
    })
}

/// What one statement may refer to.
struct StatementContext<'a> {
    state: &'a SessionState,
    tables: &'a Tables,
    types: Arc<DdsqlTypes>,
    relations: [Arc<dyn RelationPlanner>; 1],
}

impl ContextProvider for StatementContext<'_> {
    fn get_table_source(&self, name: TableReference) -> Result<Arc<dyn TableSource>> {
        self.tables.source(&name).ok_or_else(|| {
            DialectError::UnknownRelation { name: name.to_string(), nearest: None, span: None }
                .into()
        })
    }

    fn get_table_function_source(
        &self,
        name: &str,
        _arguments: Vec<Expr>,
    ) -> Result<Arc<dyn TableSource>> {
        Err(DialectError::UnknownTableFunction { name: name.to_owned() }.into())
    }

    fn create_cte_work_table(&self, name: &str, schema: SchemaRef) -> Result<Arc<dyn TableSource>> {
        Ok(provider_as_source(Arc::new(CteWorkTable::new(name, schema))))
    }

    fn get_expr_planners(&self) -> &[Arc<dyn ExprPlanner>] {
        self.state.expr_planners()
    }

    fn get_relation_planners(&self) -> &[Arc<dyn RelationPlanner>] {
        &self.relations
    }

    fn get_type_planner(&self) -> Option<Arc<dyn TypePlanner>> {
        Some(Arc::clone(&self.types) as Arc<dyn TypePlanner>)
    }

    fn get_function_meta(&self, name: &str) -> Option<Arc<ScalarUDF>> {
        let is_known = is_callable(name) || functions::is_called_by_rewrites(name);
        self.state.scalar_functions().get(name).filter(|_| is_known).cloned()
    }

    fn get_higher_order_meta(&self, _name: &str) -> Option<Arc<HigherOrderUDF>> {
        None
    }

    fn get_aggregate_meta(&self, name: &str) -> Option<Arc<AggregateUDF>> {
        self.state.aggregate_functions().get(name).filter(|_| is_callable(name)).cloned()
    }

    fn get_window_meta(&self, name: &str) -> Option<Arc<WindowUDF>> {
        self.state.window_functions().get(name).filter(|_| is_callable(name)).cloned()
    }

    fn get_variable_type(&self, _names: &[String]) -> Option<DataType> {
        None
    }

    fn options(&self) -> &ConfigOptions {
        self.state.config_options()
    }

    fn udf_names(&self) -> Vec<String> {
        callable::names()
    }

    fn higher_order_function_names(&self) -> Vec<String> {
        Vec::new()
    }

    fn udaf_names(&self) -> Vec<String> {
        callable::names()
    }

    fn udwf_names(&self) -> Vec<String> {
        callable::names()
    }
}
