// nvcc's traits of extended lambdas ("Extended Lambda Type Traits" of its guide).
//
// nvcc gives the host compiler a stand-in for an annotated lambda, and the traits tell where: its call operator has no type there.
// Here both compilations see the lambda itself, whatever its annotations, so that no type is such a stand-in.
#ifndef CROSSWARP_DEVICE_LAMBDA_TRAITS_H
#define CROSSWARP_DEVICE_LAMBDA_TRAITS_H

#define __nv_is_extended_device_lambda_closure_type(...) false
#define __nv_is_extended_host_device_lambda_closure_type(...) false
#define __nv_is_extended_device_lambda_with_preserved_return_type(...) false

#endif
