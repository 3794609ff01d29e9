"""Rows of numpy and pandas: what only reads its operands. What changes them has no row: unknown code, in order.

Answers may be views of operands, which matters only to what changes them.
"""

TABLE = """
# `numpy.random.choice` and the like are methods of a RandomState that they share
[class numpy.random._generator:Generator]
random integers normal uniform standard_normal exponential poisson binomial beta gamma lognormal triangular bytes : a, writes 0
multinomial dirichlet multivariate_normal choice permutation : a, part, writes 0
shuffle         : v a, writes 0 1, none

[class numpy.random.mtrand:RandomState]
random rand randn randint random_sample normal uniform standard_normal exponential poisson binomial beta gamma bytes : a, writes 0
multinomial dirichlet multivariate_normal choice permutation : a, part, writes 0
shuffle         : v a, writes 0 1, none

[module numpy]
array asarray ascontiguousarray copy full full_like zeros : a, part, unless out
zeros_like ones ones_like empty_like arange linspace eye identity : a, part, unless out
stack vstack hstack dstack column_stack concatenate append insert delete tile repeat flip roll : a, part, unless out
reshape ravel squeeze expand_dims transpose swapaxes moveaxis atleast_1d atleast_2d broadcast_to : a, part
dot vdot matmul inner outer tensordot cross kron trace einsum : a, unless out
sum prod mean median average std var min max : a, part, unless out
amin amax argmin argmax ptp nanmean nanmax nanmin nansum nanstd : a, part, unless out
cumsum cumprod diff percentile quantile corrcoef cov histogram bincount searchsorted digitize interp : a, unless out
sort argsort argpartition partition unique where : a, part
nonzero flatnonzero count_nonzero argwhere intersect1d union1d setdiff1d : a, part
isin triu tril diag diagonal : a, part
abs absolute sign sqrt exp exp2 expm1 log log2 log10 : a, unless out
log1p sin cos tan tanh sinh cosh arctan arctan2 power square : a, unless out
add subtract multiply divide true_divide floor_divide mod remainder negative maximum minimum clip : a, unless out
round around floor ceil rint trunc isnan isinf : a, unless out
isfinite isclose allclose array_equal all any logical_and logical_or logical_not : a, unless out
equal not_equal less less_equal greater greater_equal ndim shape size : a, unless out
float32 float64 int32 int64 : a

[module numpy.linalg]
norm inv pinv det eig eigh eigvals svd qr solve lstsq matrix_rank cholesky multi_dot : a, unless out

[class numpy:ndarray]
tolist item tobytes __len__ : a
mean sum min max std var prod argmin argmax argsort cumsum cumprod any all round clip dot trace : a, part, unless out
reshape ravel flatten astype copy transpose squeeze : a, part, unless out
repeat take nonzero searchsorted swapaxes view diagonal : a, part, unless out
__iter__ __getitem__ : v a, part

[module pandas]
DataFrame Series Index Timestamp Timedelta to_datetime to_numeric : a, part
date_range isna isnull notna notnull concat merge unique : a, part
cut qcut crosstab get_dummies json_normalize pivot_table melt : a, part

[class pandas:Series]
tolist to_list items keys head tail copy iloc __iter__ __len__ : v a, part
to_dict to_frame to_numpy unique nunique value_counts count sum mean median std var min max idxmin idxmax mode : a, part
quantile describe round abs cumsum diff rank nlargest nsmallest : a, part
isin isna isnull notna notnull between duplicated any all : a, part
sort_values sort_index drop_duplicates fillna dropna reset_index rename replace : a, part, unless inplace
astype clip explode sample eq ne lt le gt ge add : a, part
sub mul div get combine_first corr argmax argmin argsort shift where mask : a, part
to_csv to_json to_string to_markdown : a, most 1
map apply : o -, part, model applied
groupby : v a, part

[class pandas:DataFrame]
apply map : o -, part, model applied
groupby : v a, part
iterrows itertuples items keys head tail copy __iter__ __len__ : v a, part
to_dict to_numpy count sum mean median std var min max idxmin idxmax mode quantile describe round abs cumsum diff rank : a, part
nlargest nsmallest isin isna isnull notna notnull duplicated any all nunique value_counts corr select_dtypes filter : a, part
sort_values sort_index drop_duplicates fillna dropna reset_index set_index rename replace drop : a, part, unless inplace
astype clip explode sample merge join add sub mul div : a, part
get shift where mask pivot pivot_table melt stack unstack transpose assign : a, part
to_csv to_json to_string to_markdown to_records : a, most 1

[class pandas:Index]
tolist to_list __iter__ __len__ : v a, part
unique nunique isin get_loc to_numpy sort_values argsort : a, part

[class pandas.core.strings.accessor:StringMethods]
lower upper strip lstrip rstrip len contains startswith endswith : v a, part
split rsplit replace cat get slice title capitalize match : v a, part
extract extractall findall count join zfill pad center isdigit isalpha isnumeric fullmatch removeprefix removesuffix : v a, part
"""
