// Written by tools/fit.py: do not edit.
#pragma once

#include <stdint.h>

// clang-format off
namespace cw {

template <class T>
struct pi;

template <>
struct pi<float> {
  static constexpr float c[] = {0x1.921fb6p+1f, -0x1.777a5cp-24f};
};

template <>
struct pi<double> {
  static constexpr double c[] = {0x1.921fb54442d18p+1, 0x1.1a62633145c07p-53};
};

template <class T>
struct half_pi;

template <>
struct half_pi<float> {
  static constexpr float c[] = {0x1.921fb6p+0f, -0x1.777a5cp-25f, -0x1.ee59dap-50f};
};

template <>
struct half_pi<double> {
  static constexpr double c[] = {0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54, -0x1.f1976b7ed8fbcp-110};
};

template <class T>
struct two_over_pi;

template <>
struct two_over_pi<float> {
  static constexpr float c[] = {0x1.45f306p-1f};
};

template <>
struct two_over_pi<double> {
  static constexpr double c[] = {0x1.45f306dc9c883p-1};
};

template <class T>
struct ln2;

template <>
struct ln2<float> {
  static constexpr float c[] = {0x1.62e43p-1f, -0x1.05c61p-29f, -0x1.950d88p-54f};
};

template <>
struct ln2<double> {
  static constexpr double c[] = {0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56, 0x1.7b57a079a1934p-111};
};

template <class T>
struct log2_e;

template <>
struct log2_e<float> {
  static constexpr float c[] = {0x1.715476p+0f, 0x1.4ae0cp-26f};
};

template <>
struct log2_e<double> {
  static constexpr double c[] = {0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56};
};

template <class T>
struct ln10;

template <>
struct ln10<float> {
  static constexpr float c[] = {0x1.26bb1cp+1f, -0x1.12aabap-25f};
};

template <>
struct ln10<double> {
  static constexpr double c[] = {0x1.26bb1bbb55516p+1, -0x1.f48ad494ea3e9p-53};
};

template <class T>
struct log10_2;

template <>
struct log10_2<float> {
  static constexpr float c[] = {0x1.344136p-2f, -0x1.ec10cp-27f, -0x1.0cee0ep-54f};
};

template <>
struct log10_2<double> {
  static constexpr double c[] = {0x1.34413509f79ffp-2, -0x1.9dc1da994fd21p-59, 0x1.22f04d5a618a8p-114};
};

template <class T>
struct log2_10;

template <>
struct log2_10<float> {
  static constexpr float c[] = {0x1.a934fp+1f, 0x1.2f346ep-24f};
};

template <>
struct log2_10<double> {
  static constexpr double c[] = {0x1.a934f0979a371p+1, 0x1.7f2495fb7fa6dp-53};
};

template <class T>
struct log10_e;

template <>
struct log10_e<float> {
  static constexpr float c[] = {0x1.bcb7b2p-2f, -0x1.5b235ep-27f};
};

template <>
struct log10_e<double> {
  static constexpr double c[] = {0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57};
};

template <class T>
struct two_over_sqrt_pi;

template <>
struct two_over_sqrt_pi<float> {
  static constexpr float c[] = {0x1.20dd76p+0f, -0x1.f7ac92p-25f};
};

template <>
struct two_over_sqrt_pi<double> {
  static constexpr double c[] = {0x1.20dd750429b6dp+0, 0x1.1ae3a914fed8p-56};
};

template <class T>
struct half_sqrt_pi;

template <>
struct half_sqrt_pi<float> {
  static constexpr float c[] = {0x1.c5bf8ap-1f, -0x1.c96212p-26f};
};

template <>
struct half_sqrt_pi<double> {
  static constexpr double c[] = {0x1.c5bf891b4ef6bp-1, -0x1.618f13eb7ca89p-55};
};

template <class T>
struct two_thirds;

template <>
struct two_thirds<float> {
  static constexpr float c[] = {0x1.555556p-1f, -0x1.555556p-26f};
};

template <>
struct two_thirds<double> {
  static constexpr double c[] = {0x1.5555555555555p-1, 0x1.5555555555555p-55};
};

template <class T>
struct inv_sqrt_pi;

template <>
struct inv_sqrt_pi<float> {
  static constexpr float c[] = {0x1.20dd76p-1f, -0x1.f7ac92p-26f};
};

template <>
struct inv_sqrt_pi<double> {
  static constexpr double c[] = {0x1.20dd750429b6dp-1, 0x1.1ae3a914fed8p-57};
};

template <class T>
struct sqrt_half;

template <>
struct sqrt_half<float> {
  static constexpr float c[] = {0x1.6a09e6p-1f, 0x1.9fcef4p-27f};
};

template <>
struct sqrt_half<double> {
  static constexpr double c[] = {0x1.6a09e667f3bcdp-1, -0x1.bdd3413b26456p-55};
};

template <class T>
struct sqrt_two;

template <>
struct sqrt_two<float> {
  static constexpr float c[] = {0x1.6a09e6p+0f, 0x1.9fcef4p-26f};
};

template <>
struct sqrt_two<double> {
  static constexpr double c[] = {0x1.6a09e667f3bcdp+0, -0x1.bdd3413b26456p-54};
};

template <class T>
struct half_log_two_pi;

template <>
struct half_log_two_pi<float> {
  static constexpr float c[] = {0x1.d67f1cp-1f, 0x1.0c97d6p-26f};
};

template <>
struct half_log_two_pi<double> {
  static constexpr double c[] = {0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55};
};

template <class T>
struct zero_j0_1;

template <>
struct zero_j0_1<double> {
  static constexpr double c[] = {0x1.33d152e971b4p+1, -0x1.0f539d7da258ep-53};
};

template <class T>
struct zero_j0_2;

template <>
struct zero_j0_2<double> {
  static constexpr double c[] = {0x1.6148f5b2c2e45p+2, 0x1.75054cd60a517p-54};
};

template <class T>
struct zero_j1_1;

template <>
struct zero_j1_1<double> {
  static constexpr double c[] = {0x1.ea75575af6f09p+1, -0x1.60155a9d1b256p-53};
};

template <class T>
struct zero_j1_2;

template <>
struct zero_j1_2<double> {
  static constexpr double c[] = {0x1.c0ff5f3b4725p+2, -0x1.b226d9d243827p-54};
};

template <class T>
struct zero_y0_1;

template <>
struct zero_y0_1<double> {
  static constexpr double c[] = {0x1.c982eb8d417eap-1, 0x1.ea9d270347f83p-56};
};

template <class T>
struct zero_y0_2;

template <>
struct zero_y0_2<double> {
  static constexpr double c[] = {0x1.fa9534d98569cp+1, -0x1.f06ae7804384ep-54};
};

template <class T>
struct zero_y0_3;

template <>
struct zero_y0_3<double> {
  static constexpr double c[] = {0x1.c581dc4e72103p+2, -0x1.9774a495f56cfp-54};
};

template <class T>
struct zero_y1_1;

template <>
struct zero_y1_1<double> {
  static constexpr double c[] = {0x1.193bed4dff243p+1, -0x1.bd1e50d219bfdp-55};
};

template <class T>
struct zero_y1_2;

template <>
struct zero_y1_2<double> {
  static constexpr double c[] = {0x1.5b7fe4e87b02ep+2, 0x1.dfe7bac228e8cp-52};
};

template <class T>
struct sin_poly;

template <>
struct sin_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {-0x1.555556p-3f, 0x1.11110ep-7f, -0x1.a012bep-13f, 0x1.6d7494p-19f};
};

template <>
struct sin_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1.5555555555555p-3, 0x1.111111111110fp-7, -0x1.a01a01a019674p-13, 0x1.71de3a540d8b5p-19, -0x1.ae645387860c7p-26, 0x1.612114756d179p-33, -0x1.aadb1eefe9a6fp-41};
};

template <class T>
struct cos_poly;

template <>
struct cos_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {0x1.555554p-5f, -0x1.6c1242p-10f, 0x1.9b8cd4p-16f};
};

template <>
struct cos_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.5555555555555p-5, -0x1.6c16c16c16853p-10, 0x1.a01a019f0fa79p-16, -0x1.27e4f9c8eee8bp-22, 0x1.1eeb197b01bd4p-29, -0x1.9046585c50622p-37};
};

template <class T>
struct exp_poly;

template <>
struct exp_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {0x1p-1f, 0x1.555556p-3f, 0x1.5554e8p-5f, 0x1.1110ep-7f, 0x1.6d44b2p-10f, 0x1.a12652p-13f};
};

template <>
struct exp_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1p-1, 0x1.5555555555555p-3, 0x1.5555555555557p-5, 0x1.1111111111111p-7, 0x1.6c16c16c15a0ap-10, 0x1.a01a01a01967ap-13, 0x1.a01a01aa109bbp-16, 0x1.71de3a5abc8c6p-19, 0x1.27e4d3b13855fp-22, 0x1.ae642c13c8d5fp-26, 0x1.1f7fe7ae52b1p-29, 0x1.61c0771ef2dc6p-33};
};

template <class T>
struct log_poly;

template <>
struct log_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {0x1.555556p-2f, -0x1.fffff2p-3f, 0x1.9999a8p-3f, -0x1.555c56p-3f, 0x1.24967ep-3f, -0x1.fdfb3p-4f, 0x1.c41cdcp-4f, -0x1.b41598p-4f, 0x1.af5142p-4f, -0x1.fbe028p-5f};
};

template <>
struct log_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.5555555555555p-2, -0x1.0000000000001p-2, 0x1.99999999999ddp-3, -0x1.5555555555193p-3, 0x1.249249248c914p-3, -0x1.0000000027c1ap-3, 0x1.c71c71cd30ee2p-4, -0x1.99999984265fcp-4, 0x1.745d159dde5cfp-4, -0x1.555557bc77524p-4, 0x1.3b13f3868de11p-4, -0x1.2492478cae2bcp-4, 0x1.110ad87980fep-4, -0x1.fff2d319a4e1cp-5, 0x1.e2937c249c7a8p-5, -0x1.c8817f4bc88bp-5, 0x1.a9cf225633c16p-5, -0x1.88a55db3b1ff6p-5, 0x1.940975a6940afp-5, -0x1.d51f1c3bce47p-5, 0x1.a56795c8da7bep-5, -0x1.62430445f8d5cp-6};
};

template <class T>
struct atanh_tail_poly;

template <>
struct atanh_tail_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {0x1.99999ap-2f, 0x1.24928ep-2f, 0x1.c6c0d8p-3f, 0x1.8797f2p-3f};
};

template <>
struct atanh_tail_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.999999999999ap-2, 0x1.2492492492522p-2, 0x1.c71c71c6ea871p-3, 0x1.745d177aad02ap-3, 0x1.3b1395c88122p-3, 0x1.1118c9ee5b8a4p-3, 0x1.df7c5bc7c7563p-4, 0x1.e032e4d8436a1p-4};
};

template <class T>
struct atan_poly;

template <>
struct atan_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {-0x1.555556p-2f, 0x1.999956p-3f, -0x1.248952p-3f, 0x1.c62cdap-4f, -0x1.6dd8fep-4f, 0x1.2006f8p-4f, -0x1.9115a4p-5f, 0x1.aefb2cp-6f, -0x1.2ba6b6p-7f, 0x1.86406cp-10f};
};

template <>
struct atan_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1.5555555555555p-2, 0x1.99999999998f9p-3, -0x1.249249248c7dap-3, 0x1.c71c71c472843p-4, -0x1.745d16f26d0a3p-4, 0x1.3b13aaf4aba4ap-4, -0x1.1110bfea8ed5ep-4, 0x1.e1dc0d7679adcp-5, -0x1.af00bd568a3d2p-5, 0x1.854a7b99af61dp-5, -0x1.60ebd1489b946p-5, 0x1.3d3f26d5ea7ffp-5, -0x1.147b2825d82f6p-5, 0x1.c3ac54a572735p-6, -0x1.4b974a27ac39fp-6, 0x1.a1fe88baf72d4p-7, -0x1.aef1a8e977bf8p-8, 0x1.57cc888719aap-9, -0x1.8a2f3ae537bb1p-11, 0x1.1f0adb240a1fbp-13, -0x1.8d087295ab9f4p-17};
};

template <class T>
struct asin_poly;

template <>
struct asin_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {0x1.555554p-3f, 0x1.33343p-4f, 0x1.6d5bbap-5f, 0x1.fd8da2p-6f, 0x1.18f91ep-6f, 0x1.13fed4p-5f};
};

template <>
struct asin_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.5555555555555p-3, 0x1.3333333333388p-4, 0x1.6db6db6dac1ep-5, 0x1.f1c71c7a52ba3p-6, 0x1.6e8ba123e494cp-6, 0x1.1c4efce23019fp-6, 0x1.c990ad3d8fdcap-7, 0x1.7b027ee1dd585p-7, 0x1.3b49de7121487p-7, 0x1.31622469ce5adp-7, 0x1.8f193743418ffp-9, 0x1.406192d124629p-6, -0x1.3b416bb7d9257p-6, 0x1.e529c6fce9bb4p-6};
};

template <class T>
struct sinh_poly;

template <>
struct sinh_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {0x1.555556p-3f, 0x1.11111ep-7f, 0x1.a009p-13f, 0x1.78a70ep-19f};
};

template <>
struct sinh_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.5555555555555p-3, 0x1.11111111110fdp-7, 0x1.a01a01a01ee7p-13, 0x1.71de3a4e14f4p-19, 0x1.ae6460fae3728p-26, 0x1.611cb330c1fe8p-33, 0x1.b41232cf9950fp-41};
};

template <class T>
struct tanh_poly;

template <>
struct tanh_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {-0x1.555556p-2f, 0x1.1110f6p-3f, -0x1.ba0d94p-5f, 0x1.64fad8p-6f, -0x1.1394cap-7f, 0x1.36bdb2p-9f};
};

template <>
struct tanh_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1.5555555555555p-2, 0x1.11111111110e3p-3, -0x1.ba1ba1ba15b29p-5, 0x1.664f488056b96p-6, -0x1.226e34dc136f6p-7, 0x1.d6d3b05a99f57p-9, -0x1.7da0cedf6d09bp-10, 0x1.3535559875683p-11, -0x1.f30583c23502ap-13, 0x1.876e3a6430a18p-14, -0x1.0d297a9d86a2cp-15, 0x1.d15602ab6f13ap-18};
};

template <class T>
struct asinh_poly;

template <>
struct asinh_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {-0x1.555556p-3f, 0x1.3332eap-4f, -0x1.6d9bfp-5f, 0x1.ee142ep-6f, -0x1.504f9cp-6f, 0x1.45997p-7f};
};

template <>
struct asinh_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1.5555555555555p-3, 0x1.33333333332fap-4, -0x1.6db6db6db086ep-5, 0x1.f1c71c6d66156p-6, -0x1.6e8ba21ea4fe4p-6, 0x1.1c4eaf29403b6p-6, -0x1.c9969396f4545p-7, 0x1.7a633fba3115p-7, -0x1.3eb1386278c61p-7, 0x1.0c1eacb8f71b5p-7, -0x1.a851c6e415a26p-8, 0x1.0f3620d560e0dp-8, -0x1.88e92bd4ca98ep-10};
};

template <class T>
struct atanh_poly;

template <>
struct atanh_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {0x1.555556p-2f, 0x1.999964p-3f, 0x1.249fc4p-3f, 0x1.c4a45ap-4f, 0x1.8f7082p-4f, 0x1.4f2f8ep-5f, 0x1.4015d6p-3f};
};

template <>
struct atanh_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.5555555555555p-2, 0x1.9999999999982p-3, 0x1.249249249409cp-3, 0x1.c71c71c58156bp-4, 0x1.745d17a833b94p-4, 0x1.3b13a3184d90ap-4, 0x1.1112632e765f2p-4, 0x1.e1b6c1f3ca95dp-5, 0x1.b116e91f2dcfep-5, 0x1.76524ce0b6671p-5, 0x1.bff5d5842ce7fp-5, -0x1.7b097a148d046p-8, 0x1.4f3162758726ep-3, -0x1.79de6d69a866cp-3, 0x1.cff32677aa2f2p-3};
};

template <class T>
struct acosh_poly;

template <>
struct acosh_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {-0x1.555556p-4f, 0x1.3332eap-6f, -0x1.6d9bfp-8f, 0x1.ee142ep-10f, -0x1.504f9cp-11f, 0x1.45997p-13f};
};

template <>
struct acosh_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1.5555555555555p-4, 0x1.3333333332f5fp-6, -0x1.6db6db6d5b365p-8, 0x1.f1c71c3bee026p-10, -0x1.6e8b9ab4638efp-11, 0x1.1c4e072f36dc7p-12, -0x1.c983b8d12e853p-14, 0x1.79b0dbdcdfc75p-15, -0x1.3a4aeece7e69cp-16, 0x1.f38921b605d54p-18, -0x1.4733e5158e0e1p-19, 0x1.ee3fd77d44d42p-22};
};

template <class T>
struct erf_poly;

template <>
struct erf_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {-0x1.812746p-2f, 0x1.ce2ebcp-4f, -0x1.b81a22p-6f, 0x1.551658p-8f, -0x1.abec54p-11f, 0x1.5f78fp-14f};
};

template <>
struct erf_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1.812746b0379e7p-2, 0x1.ce2f21a042bd7p-4, -0x1.b82ce312882f8p-6, 0x1.565bcd0e434bbp-8, -0x1.c02db3f4735cbp-11, 0x1.f9a324ddf0f34p-14, -0x1.f4d21efdafc7dp-17, 0x1.b9e2333703249p-20, -0x1.5f39372686202p-23, 0x1.f8d476ab1a455p-27, -0x1.3c1e91b012003p-30, 0x1.0f8a27a51ad26p-34};
};

template <class T>
struct erfinv_poly;

template <>
struct erfinv_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {0x1.db29fcp-3f, 0x1.053c0ep-3f, 0x1.6292d8p-4f, 0x1.08c26ap-4f, 0x1.c4a3fep-5f, 0x1.832ce2p-6f, 0x1.598adp-4f};
};

template <>
struct erfinv_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.db29fb2fee5e4p-3, 0x1.053c2c0ab926p-3, 0x1.62847c47ca0b6p-4, 0x1.0a1318a43aacap-4, 0x1.a7c8594faae75p-5, 0x1.5eeb83571203ep-5, 0x1.2ab2766d938fp-5, 0x1.0408b29f2dccep-5, 0x1.c21818eabc1ddp-6, 0x1.d15ef0034655cp-6, 0x1.d1125ebbbc304p-8, 0x1.173d553b4c29ep-4, -0x1.24d7db170e9bfp-4, 0x1.b027b5feb0defp-4};
};

template <class T>
struct erfcx_poly;

template <>
struct erfcx_poly<float> {
  static constexpr float center = 0x0p+0f;
  static constexpr float c[] = {0x1.3ba592p+0f, -0x1.1df1aep-3f, 0x1.f7f6fap-7f, 0x1.16ecfcp-4f, -0x1.9ddd9ap-4f, 0x1.7feddp-4f, -0x1.0f9ffcp-4f, 0x1.307652p-5f, -0x1.0a2fecp-6f, 0x1.4a9cbcp-8f, -0x1.65ba64p-11f, -0x1.de322cp-13f, 0x1.9c4ce6p-14f};
};

template <>
struct erfcx_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.3ba5916e9fd7fp+0, -0x1.1df1ad154a28ep-3, 0x1.f7f5df66fdafcp-7, 0x1.16ecefcfa52fdp-4, -0x1.9ddb23c3ea9dfp-4, 0x1.7fee004e1408p-4, -0x1.0fb06dfe238bap-4, 0x1.3079edf637694p-5, -0x1.0962388c683b7p-6, 0x1.49c672a36873ep-8, -0x1.8d4a9332afe12p-11, -0x1.a1df4106b6448p-13, 0x1.3bdfc1cc9ce8cp-13, -0x1.995523813a7e8p-16, -0x1.786d9de62171ap-17, 0x1.7ef5ad3cff37dp-18, 0x1.33f8054b4e721p-22, -0x1.b7e83248b4b96p-21, 0x1.64e940fc214d3p-24, 0x1.ba18bc4886b4bp-24, -0x1.97c053a85242p-26, -0x1.416610c9469ecp-27, 0x1.eaec2ca66feb5p-29, -0x1.b3273a1169553p-34};
};

template <class T>
struct erfcinv_poly_1;

template <>
struct erfcinv_poly_1<float> {
  static constexpr float center = 0x1.ep-1f;
  static constexpr float c[] = {0x1.26f51ep-1f, 0x1.ec513p-1f, 0x1.26f27ep-3f, -0x1.1c8c42p-3f, 0x1.78ca4p-4f, -0x1.5509b2p-5f, 0x1.cb0eccp-8f, 0x1.e20eacp-8f, -0x1.e4a76ap-8f, 0x1.92783cp-9f, -0x1.1190dep-11f};
};

template <>
struct erfcinv_poly_1<double> {
  static constexpr double center = 0x1.ep-1;
  static constexpr double c[] = {0x1.26f51d0bd2543p-1, 0x1.ec5130bad4eecp-1, 0x1.26f2c05c5b907p-3, -0x1.1c8ecedb8e3bbp-3, 0x1.78b94df09f403p-4, -0x1.52293f066342dp-5, 0x1.55d9c872492cap-8, 0x1.8ba7bf63ca5b4p-7, -0x1.e252c11931e35p-7, 0x1.3db80c9b08667p-7, -0x1.962d625448d81p-9, -0x1.949c95d2078p-10, 0x1.ae600d7efa39bp-9, -0x1.759461392e20ap-9, 0x1.948babcb1537bp-10, -0x1.a29274d4f9f0cp-12, -0x1.595e73df4ea3bp-13, 0x1.0765942b3834ep-12, -0x1.35cf99568e0fdp-13, 0x1.b13a04cbad42p-15, -0x1.60a89ae78d2f5p-17, 0x1.03d09161e7d66p-20};
};

template <class T>
struct erfcinv_poly_2;

template <>
struct erfcinv_poly_2<float> {
  static constexpr float center = 0x1.cp+1f;
  static constexpr float c[] = {0x1.9dfda2p+1f, 0x1.09578cp+0f, -0x1.46f6dp-8f, 0x1.cddc2ap-12f, 0x1.21329ap-14f, -0x1.f7519ep-15f, 0x1.9f4b22p-16f, -0x1.e8d338p-18f, 0x1.38660ap-19f, -0x1.43bf1p-20f, 0x1.5a65b4p-22f};
};

template <>
struct erfcinv_poly_2<double> {
  static constexpr double center = 0x1.cp+1;
  static constexpr double c[] = {0x1.9dfda1ca1a9b1p+1, 0x1.09578cd1539fcp+0, -0x1.46f707283de0ap-8, 0x1.cd624f62f1e7bp-12, 0x1.21ab204f4f881p-14, -0x1.ee00643ffda1bp-15, 0x1.9aad937745547p-16, -0x1.18fdbd8e21eb1p-17, 0x1.5cc1a5bfd3cdep-19, -0x1.9668f42534ab4p-21, 0x1.c378ac2ffe4cep-23, -0x1.e16c2cf46e2bcp-25, 0x1.edf4a2d14c2dcp-27, -0x1.e6cfa4c961a4ap-29, 0x1.c8fc324b91b03p-31, -0x1.96731d5241dedp-33, 0x1.5e5a383f014e9p-35, -0x1.00970960ff388p-37, 0x1.2a940218aac1p-43, 0x1.cd850e5d28064p-43, 0x1.4870ba923acc4p-43, -0x1.91ef2044c0216p-46, -0x1.7f8263a610aedp-45, 0x1.b385d2c6d4953p-47};
};

template <class T>
struct erfcinv_poly_3;

template <>
struct erfcinv_poly_3<float> {
  static constexpr float center = 0x1.1p+3f;
  static constexpr float c[] = {0x1.0ade5p+3f, 0x1.0315fcp+0f, -0x1.0c4a54p-10f, 0x1.78aa8ap-14f, -0x1.07e29ep-17f, 0x1.6e45ecp-21f, -0x1.037eap-24f, 0x1.113908p-28f};
};

template <>
struct erfcinv_poly_3<double> {
  static constexpr double center = 0x1.1p+3;
  static constexpr double c[] = {0x1.0ade4f2366c83p+3, 0x1.0315fc7b99ba9p+0, -0x1.0c45a3001cd41p-10, 0x1.78b1a98f0456bp-14, -0x1.08e855b80bd0ep-17, 0x1.6d0358b9d21fp-21, -0x1.dfcb37d8f27fp-25, 0x1.1eb0370052197p-28, -0x1.110fdb5d07576p-32, 0x1.3aae9a8f430f6p-38, 0x1.1b4e1b1f94ccap-39, -0x1.182e331a5ec28p-41, 0x1.7fdec03453c89p-44, -0x1.cbbe30ffe198bp-47, 0x1.026b53d84d34bp-49, -0x1.13210a393ce11p-52, 0x1.0a25bfbf86ecdp-55, -0x1.0e70911c0d4d3p-58, 0x1.6fbcffebc034ap-61, -0x1.62216ed7e1cf2p-64, -0x1.2baa633d72b56p-74, -0x1.25e4a534d8b24p-75, 0x1.5b7b1f7a9d5fep-72, -0x1.410cc73ec19bbp-75};
};

template <class T>
struct erfcinv_poly_4;

template <>
struct erfcinv_poly_4<double> {
  static constexpr double center = 0x1.4p+4;
  static constexpr double c[] = {0x1.3e9223b43fa66p+4, 0x1.00d349437f83ap+0, -0x1.116d745cdb44p-13, 0x1.710f3ba4f8632p-18, -0x1.fcf3bad7b9cbdp-23, 0x1.634bb9759587dp-27, -0x1.f3b16fcb5ba91p-32, 0x1.60d0405ba84b4p-36, -0x1.f30e1df9f8b37p-41, 0x1.60e0070f017ccp-45, -0x1.f20f3ba1e5fe3p-50, 0x1.5e329110daf79p-54, -0x1.e99b78e42bbcfp-59, 0x1.53e487c8e6223p-63, -0x1.d551530081b4dp-68, 0x1.3c6a7033985efp-72, -0x1.90e3af1cf4ef3p-77, 0x1.100b87849bc2dp-81, -0x1.b594c9093524dp-86, 0x1.adc4e881a0e1ap-91};
};

template <class T>
struct gamma_poly;

template <>
struct gamma_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1p+0, 0x1.b0ee6072093cep-2, 0x1.a5b978b96bedp-2, 0x1.4e2399846508ap-4, 0x1.301fbb0f23723p-4, -0x1.17f3740ec72ap-12, 0x1.6d7eeacd72a91p-7, -0x1.75e6e90ba3cefp-9, 0x1.13c4485aa4efbp-9, -0x1.e21f19a7b3331p-11, 0x1.011b279719403p-11, -0x1.f94b1c3d6053ep-13, 0x1.fe3e7148c5ff1p-14, -0x1.fddfed1c8199bp-15, 0x1.007e03354bf19p-15, -0x1.00a11030605acp-16, 0x1.e4493add6e9ep-18, -0x1.e472c38c79d24p-19, 0x1.60719ffb53cb2p-19, -0x1.607cdc66fc45bp-20};
};

template <class T>
struct lgamma_poly;

template <>
struct lgamma_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.b0ee6072093cep-2, 0x1.4a34cc4a60fa6p-2, -0x1.13e001a557555p-4, 0x1.51322ac7d8333p-6, -0x1.e404fc21d8fe7p-8, 0x1.7add6eadfcc7bp-9, -0x1.38ac5bfce42c1p-10, 0x1.0b36af5972ed1p-11, -0x1.d3fd6a9087d23p-13, 0x1.a127cd91ac95bp-14, -0x1.78d8f868f383fp-15, 0x1.5808af19fa483p-16, -0x1.3d4ce65b1d70bp-17, 0x1.2620de1c78d97p-18, -0x1.08fccc794a9c7p-19, 0x1.f038cb2f6a913p-21, -0x1.37fd97eeee99dp-21, 0x1.2703c6effc4ebp-22};
};

template <class T>
struct stirling_poly;

template <>
struct stirling_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.5555555555555p-4, -0x1.6c16c16c149e6p-9, 0x1.a01a017dc870dp-11, -0x1.38134d496690ap-11, 0x1.b92c316ca8adbp-11, -0x1.ef8d3368b8f5bp-10, 0x1.4bfe89b51fcbep-8};
};

template <class T>
struct i0_poly;

template <>
struct i0_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1p+0, 0x1p-2, 0x1.0000000000002p-6, 0x1.c71c71c71c6dfp-12, 0x1.c71c71c71cbe1p-18, 0x1.23456789a8318p-24, 0x1.02e85c08d260ap-31, 0x1.522a43f155552p-39, 0x1.522a444603fe2p-47, 0x1.0b312ee43b7c5p-55, 0x1.5601c7e411b36p-64, 0x1.69c76363ac35fp-73, 0x1.41b6c17a09391p-82, 0x1.e56f7ffb05c87p-92, 0x1.46a4446d3e276p-101, 0x1.31d00bad6ba1ap-111, 0x1.20d247d00eeebp-120};
};

template <class T>
struct i1_poly;

template <>
struct i1_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1p-1, 0x1.0000000000001p-4, 0x1.555555555554p-9, 0x1.c71c71c71c9ecp-15, 0x1.6c16c16c13a93p-21, 0x1.845c8a0d26f8p-28, 0x1.27e4fb73f1ad7p-35, 0x1.522a443ba2a26p-43, 0x1.2c97552280795p-51, 0x1.ab8234c2c46fbp-60, 0x1.f17258b099a34p-69, 0x1.e290ec0d14f98p-78, 0x1.8a6faa072cdf9p-87, 0x1.1dc3a22d140b2p-96, 0x1.1ec8e2d9b0ddbp-106, 0x1.20de50ee937a2p-115};
};

template <class T>
struct i0_tail_poly;

template <>
struct i0_tail_poly<double> {
  static constexpr double center = 0x1p-4;
  static constexpr double c[] = {0x1.9bd428ad249a5p-2, 0x1.b87969bb93b73p-5, 0x1.1daa72b5e63d6p-5, 0x1.75e5ee71f957bp-5, 0x1.8e513a1eeace5p-4, 0x1.3f49a69523104p-2, 0x1.7d0f73f9c57bp+0, 0x1.51cee78dc14eep+3, 0x1.7224e2763b62ap+6, 0x1.0387b0b577c58p+9, -0x1.ce7a10cbbeca2p+12, -0x1.cc897a768c2b8p+17, -0x1.77c2da7da734ep+20, 0x1.030343d293773p+25, 0x1.046c205badfcp+29, -0x1.de81613a32efcp+31, -0x1.a93169caf85ebp+36, 0x1.9a61ef0421e6ep+38, 0x1.0ab0072bccce3p+44, -0x1.2fcd963988bb1p+45, -0x1.e909457e3f2aap+50, 0x1.3f5681c489affp+51, 0x1.1cfeac9374d5fp+57, -0x1.4d459f128b38dp+56, -0x1.37275656c478cp+62};
};

template <class T>
struct i1_tail_poly;

template <>
struct i1_tail_poly<double> {
  static constexpr double center = 0x1p-4;
  static constexpr double c[] = {0x1.8ebe783a8403p-2, -0x1.3f796198ee628p-3, -0x1.cbc54df1ecd52p-5, -0x1.f89c230679cf2p-5, -0x1.ec8e1018b1625p-4, -0x1.76137e3d4d355p-2, -0x1.ad8db583d0e48p+0, -0x1.727a8505b57b3p+3, -0x1.91812239856f9p+6, -0x1.218772a7c8ee6p+9, 0x1.cd845a2e1d314p+12, 0x1.e2064b7a1fea9p+17, 0x1.9f1924afe1c64p+20, -0x1.061a486346bc9p+25, -0x1.1460fa6d9b089p+29, 0x1.d3926e0f32364p+31, 0x1.bdc4a3288576dp+36, -0x1.8411b3db8d94fp+38, -0x1.16304f2186e48p+44, 0x1.18c341a5ba18ap+45, 0x1.fd168becece54p+50, -0x1.238c633d06145p+51, -0x1.2873fb81ccbd5p+57, 0x1.2eaa12e79892fp+56, 0x1.439655022f276p+62};
};

template <class T>
struct j0_poly_0;

template <>
struct j0_poly_0<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1p-2, 0x1.fffffffffffcp-7, -0x1.c71c71c714706p-12, 0x1.c71c71bb195a4p-18, -0x1.23455ef3ee671p-24, 0x1.02e20eb4098e5p-31, -0x1.4d926af895905p-39};
};

template <class T>
struct j0_poly_1;

template <>
struct j0_poly_1<double> {
  static constexpr double center = 0x1.4p+1;
  static constexpr double c[] = {-0x1.0448ff49a6456p-1, 0x1.e540dd3163d83p-4, 0x1.ba793c219145ap-5, -0x1.3641ec0f62496p-7, -0x1.0e58cd042b241p-9, 0x1.2e83154ef07e3p-12, 0x1.557a578902f5cp-15, -0x1.3d45b0da145bep-18, -0x1.0753b60f4192p-21, 0x1.a1f36516e1d25p-25, 0x1.11865e98d2c02p-28, -0x1.7aadeae9349f9p-32, -0x1.9885ed1d529bep-36, 0x1.f5238d5539d8ep-40, 0x1.cb76562096526p-44, -0x1.eb9cc156f0c5bp-48, -0x1.88f84e14fb2dfp-52};
};

template <class T>
struct j0_poly_2;

template <>
struct j0_poly_2<double> {
  static constexpr double center = 0x1.8p+2;
  static constexpr double c[] = {0x1.416dc96e57c0ep-2, -0x1.3d97028754e55p-4, -0x1.63c76276a6e68p-5, 0x1.15618767e6bcbp-7, 0x1.bb360f4dac2d9p-10, -0x1.307fa1bf6ef62p-12, -0x1.104aed84764ecp-15, 0x1.52a757fbd7e21p-18, 0x1.949f159a254d2p-22, -0x1.cd44e14464459p-25, -0x1.950ff5bdf577bp-29, 0x1.aab888538caf4p-32, 0x1.2469e66e0fe85p-36, -0x1.1e6a8f03d8ea4p-39, -0x1.3f29d8485eb4bp-44, 0x1.23cdb358d9cb6p-47, 0x1.107bff3869212p-52, -0x1.be8dc6e9a8d76p-56, -0x1.677378958bc8dp-61};
};

template <class T>
struct j1_poly_0;

template <>
struct j1_poly_0<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1p-1, -0x1.ffffffffffffp-5, 0x1.5555555554e92p-9, -0x1.c71c71c6d6f42p-15, 0x1.6c16c155bb92bp-21, -0x1.845c81f75177dp-28, 0x1.27e3437ce044bp-35, -0x1.51bd0f06321b5p-43, 0x1.1dea3712e83e9p-51};
};

template <class T>
struct j1_poly_1;

template <>
struct j1_poly_1<double> {
  static constexpr double center = 0x1.ep+1;
  static constexpr double c[] = {-0x1.a07475d0ca44ap-2, 0x1.663b3a9a91a34p-5, 0x1.bf32eebbecfffp-5, -0x1.22e5838c6eccbp-8, -0x1.2d70660d077dep-9, 0x1.3def456f7e4ecp-13, 0x1.914963f48e005p-15, -0x1.6458307fc826fp-19, -0x1.3f8eee1eac3d4p-21, 0x1.ea2631f7f4c86p-26, 0x1.532458621b8e3p-28, -0x1.c9bbf7281279ap-33, -0x1.01289452c8635p-35, 0x1.35d9005eba777p-40, 0x1.246af82fded37p-43, -0x1.3e33cb8621f2p-48, -0x1.f2d65b58a635ep-52, 0x1.f0489d6c6ffe1p-57};
};

template <class T>
struct j1_poly_2;

template <>
struct j1_poly_2<double> {
  static constexpr double center = 0x1.bp+2;
  static constexpr double c[] = {0x1.35b199b15d40ap-2, 0x1.0a36e873499e2p-8, -0x1.8dbfc419d2c24p-5, 0x1.af08b39db75abp-11, 0x1.2368cd5cbda34p-9, -0x1.aab0ee32e7117p-15, -0x1.952a63c49cfd4p-15, 0x1.31e546d850b7cp-20, 0x1.4acd59ea7293ap-21, -0x1.e2e6bcc0b44bep-27, -0x1.64861a1a65ba8p-28, 0x1.ec8486ba9ddc5p-34, 0x1.11009effd8a32p-35, -0x1.62549d977c6b6p-41, -0x1.32233a2463786p-43, 0x1.7529f2b49935ep-49};
};

template <class T>
struct y0_poly_0;

template <>
struct y0_poly_0<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1.2e4d699cbd01fp-4, 0x1.6bbcb41034286p-3, -0x1.075b1bbf41285p-6, 0x1.1a6206b78fbccp-11, -0x1.3e9978cace765p-17, 0x1.bce3483520658p-24, -0x1.a4f151e5803e4p-31};
};

template <class T>
struct y0_poly_1;

template <>
struct y0_poly_1<double> {
  static constexpr double center = 0x1.4p+0;
  static constexpr double c[] = {0x1.72ed6283a5da9p-1, -0x1.9283f7c5193c7p-2, 0x1.5b5f91112193ep-4, -0x1.0990771ca511cp-4, 0x1.b6e514b6a1c5cp-5, -0x1.27e337afae384p-5, 0x1.976fcaa719f71p-6, -0x1.20821a45c5bf6p-6, 0x1.9dbb4d0166316p-7, -0x1.2babb819f0fcbp-7, 0x1.b5ee39c0b559dp-8, -0x1.425d64bf05c77p-8, 0x1.dd9fcd98ab101p-9, -0x1.63bbc8e9dfcbap-9, 0x1.09dffcecbe971p-9, -0x1.8f8e4dfe8bfb7p-10, 0x1.32049450f20d1p-10, -0x1.cf51c18a422d7p-11, 0x1.2eba0496deb45p-11, -0x1.cadabcc4a1374p-12, 0x1.6d2c3ab48f8b3p-11, -0x1.19f6698b601b3p-11, -0x1.512f2af9cd525p-11, 0x1.093f0e68447d7p-11, 0x1.f07ad0eff0ae1p-10, -0x1.83a1884faaccdp-10, -0x1.451f4368f8dcep-9, 0x1.fc61ad41d4158p-10, 0x1.530df5015330fp-9, -0x1.08e71f857fe3ep-9, -0x1.93979318c81f8p-10, 0x1.3b5f569e1190ep-10, 0x1.01340bc3bb812p-11, -0x1.91b33c26a3687p-12};
};

template <class T>
struct y0_poly_2;

template <>
struct y0_poly_2<double> {
  static constexpr double center = 0x1.ep+1;
  static constexpr double c[] = {-0x1.a46020b3548efp-2, 0x1.a5bd31c016b84p-6, 0x1.fda4493328936p-5, -0x1.4550764e5b4c8p-8, -0x1.3442c1540e963p-9, 0x1.0b6fd9d5bad86p-13, 0x1.e41455ff8f282p-15, -0x1.2b79ef7ddf9f6p-18, -0x1.c24e25e5e302dp-23, -0x1.33ac32d74fb08p-24, 0x1.0208904a41333p-25, -0x1.b5da1a4789a67p-28, 0x1.9bcf3d1ce6091p-30, -0x1.a1dbbcccdf174p-32, 0x1.a421d11cf0848p-34, -0x1.a380ed25592fp-36, 0x1.a68890ee0014bp-38, -0x1.be4920708445ep-40, 0x1.c47ff72aef5c3p-42, -0x1.49dd0887beb62p-44, 0x1.4df3bf3c979cep-46, -0x1.d2fccb99421b7p-47, 0x1.dfeb391c7f1c1p-49, 0x1.86f1a654a2a99p-51, -0x1.95e8df8330cadp-53, -0x1.17cd767a713c5p-53, 0x1.20af63ca740bcp-55};
};

template <class T>
struct y0_poly_3;

template <>
struct y0_poly_3<double> {
  static constexpr double center = 0x1.bp+2;
  static constexpr double c[] = {0x1.34eee4b2f27c7p-2, 0x1.858bb5a4fa6f3p-7, -0x1.986087c7fc3a8p-5, 0x1.1bae915955d4ap-12, 0x1.31928eb784156p-9, -0x1.671ee28d44f98p-15, -0x1.a6ce14e6eea9fp-15, 0x1.1a6af67c9ccffp-20, 0x1.596ea9e627473p-21, -0x1.df488d7b0e83dp-27, -0x1.6f5008bed9893p-28, 0x1.d4039ec9f3db3p-34, 0x1.1fe52947ba2efp-35, -0x1.98083ff3f13cep-41, -0x1.197138b817c56p-43, 0x1.1fada28ab5092p-51};
};

template <class T>
struct y1_poly_0;

template <>
struct y1_poly_0<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1.91866143cbc8ap-3, 0x1.bd3975c75b4a7p-5, -0x1.835b97894bda7p-9, 0x1.2c7dbffcd3614p-14, -0x1.0a780abc728c6p-20, 0x1.32e5991bade42p-27, -0x1.f0c04b5f8dbf9p-35, 0x1.2603cfb3accd9p-42};
};

template <class T>
struct y1_poly_1;

template <>
struct y1_poly_1<double> {
  static constexpr double center = 0x1.3p+1;
  static constexpr double c[] = {0x1.fe9da07da6154p-2, -0x1.0b45017d4dc52p-3, -0x1.17ad63be39d7fp-5, -0x1.ea5e2f194ac1ep-13, 0x1.6abc1da9688b2p-8, -0x1.c632d37dd866ep-10, 0x1.3a1fe6b974a1fp-11, -0x1.1ac220b2d7b52p-12, 0x1.e9cf575c3881dp-14, -0x1.9dbb79ec506abp-15, 0x1.5dcc46003bbccp-16, -0x1.27c1002d4f96ap-17, 0x1.f3a34aa4b21d9p-19, -0x1.a5d2d9eaa9719p-20, 0x1.63e8f5cee79abp-21, -0x1.2b7d03979e8d3p-22, 0x1.f9117de451d57p-24, -0x1.b4b85c494f715p-25, 0x1.7019cefe9436cp-26, -0x1.ede27061c9b05p-28, 0x1.a03ef89a6e295p-29, -0x1.c2cc1c00d4193p-29, 0x1.7bba0b5cde26ap-30, 0x1.237c1c355da6bp-30, -0x1.eaea3a3478233p-32, -0x1.c2942e426ad74p-31, 0x1.7b77c5de75fc2p-32, 0x1.550b2bf3ab421p-32, -0x1.1f36d76030f04p-33, -0x1.955ef492827a3p-34, 0x1.55641ea2c527cp-35, 0x1.15eb0467f5394p-36, -0x1.d41b732649aa2p-38, -0x1.97d3b47d85f8dp-40, 0x1.57760b61c7911p-41};
};

template <class T>
struct y1_poly_2;

template <>
struct y1_poly_2<double> {
  static constexpr double center = 0x1.78p+2;
  static constexpr double c[] = {-0x1.444f3ef5c4495p-2, 0x1.2d17091d4f74cp-4, 0x1.5fffe5c1c8683p-5, -0x1.f559a99ddfa0bp-8, -0x1.c0b15719409dbp-10, 0x1.0cb95ec9ed243p-12, 0x1.2354f12e06c9p-15, -0x1.32f82f4d32f75p-18, -0x1.ad67b57e8047p-22, 0x1.8cb52a49c23efp-25, 0x1.f7a6322ef914bp-29, -0x1.c5fc102a94a1ep-32, -0x1.248ebe0065791p-37, -0x1.46a86d3de1595p-49, 0x1.c35142212e14p-42, -0x1.142d85e8ccdbbp-44, 0x1.42edb763842fep-47, -0x1.f1704fe6d5f0cp-50, 0x1.59c92b3e72677p-52, -0x1.d386b58d0cc7p-56, 0x1.3f273ea6897afp-58, -0x1.bf11baa215bedp-59, 0x1.3126744df12c2p-61};
};

template <class T>
struct hankel_p0_poly;

template <>
struct hankel_p0_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1p+0, -0x1.1ffffffffe464p-4, 0x1.cb5fffe810f7p-4, -0x1.251ed72bb57a7p-1, 0x1.84b6cd79c7ab1p+2, -0x1.b758bd35b29a3p+6, 0x1.74b4cb2fcb23ep+11, -0x1.9f57b70a813d4p+16, 0x1.fd9d89d0dce3fp+21, -0x1.1d27d01851469p+27, 0x1.ec2c2dbb3fbf4p+31, -0x1.12d9aab2a7b7dp+36, 0x1.21a790a12a61p+39};
};

template <class T>
struct hankel_q0_poly;

template <>
struct hankel_q0_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {-0x1.fffffffffffffp-4, 0x1.2bfffffffc5d1p-4, -0x1.d11dffe2d956fp-3, 0x1.ba4c41afe3273p+0, -0x1.861171d3a831ap+4, 0x1.1351574ee2a8bp+9, -0x1.193a6739dab65p+14, 0x1.753892280570bp+19, -0x1.15ca75db5d117p+25, 0x1.8a560bd4f6b64p+30, -0x1.cf69c2ecb0bd7p+35, 0x1.8e631af92b4d7p+40, -0x1.b0207a39e6ff6p+44, 0x1.b565fb5c01871p+47};
};

template <class T>
struct hankel_p1_poly;

template <>
struct hankel_p1_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1p+0, 0x1.dffffffffe2cep-4, -0x1.274ffff359023p-3, 0x1.5a6a4635880ccp-1, -0x1.b88b64234df56p+2, 0x1.e5a0f8347c4f5p+6, -0x1.9555497551b57p+11, 0x1.bf0616f2b34d6p+16, -0x1.108eb83f9852fp+22, 0x1.2ff8315cea6d3p+27, -0x1.05d0a080733e2p+32, 0x1.24157f8ff4152p+36, -0x1.3398d01136c76p+39};
};

template <class T>
struct hankel_q1_poly;

template <>
struct hankel_q1_poly<double> {
  static constexpr double center = 0x0p+0;
  static constexpr double c[] = {0x1.8p-2, -0x1.a3fffffffc2bfp-4, 0x1.1c3cfff0a7ff7p-2, -0x1.fe57ff6f4a158p+0, 0x1.b3f5b8088c5f4p+4, -0x1.2d8db6e765149p+9, 0x1.2fd74465a6c1p+14, -0x1.8f8eb29f65ccap+19, 0x1.27b64c691c09ap+25, -0x1.a26626b313a1dp+30, 0x1.eac3bb53c751fp+35, -0x1.a56d7160c8ff3p+40, 0x1.c8cbff4e59855p+44, -0x1.ce275d0c743d5p+47};
};

static constexpr uint32_t kTwoOverPi[] = {0xA2F9836E, 0x4E441529, 0xFC2757D1, 0xF534DDC0, 0xDB629599, 0x3C439041, 0xFE5163AB, 0xDEBBC561, 0xB7246E3A, 0x424DD2E0, 0x06492EEA, 0x09D1921C, 0xFE1DEB1C, 0xB129A73E, 0xE88235F5, 0x2EBB4484, 0xE99C7026, 0xB45F7E41, 0x3991D639, 0x835339F4, 0x9C845F8B, 0xBDF9283B, 0x1FF897FF, 0xDE05980F, 0xEF2F118B, 0x5A0A6D1F, 0x6D367ECF, 0x27CB09B7, 0x4F463F66, 0x9E5FEA2D, 0x7527BAC7, 0xEBE5F17B, 0x3D0739F7, 0x8A5292EA, 0x6BFB5FB1, 0x1F8D5D08, 0x56033046, 0xFC7B6BAB, 0xF0CFBC20, 0x9AF4361D};

}  // namespace cw
// clang-format on
