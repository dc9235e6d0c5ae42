/* The natives of jqemu.loader.host.NativeHost. Addresses and sizes arrive as Java longs. */
#include "host.h"

#include <jni.h>
#include <string.h>
#include <sys/syscall.h>

#define NATIVE(type, name) JNIEXPORT type JNICALL Java_jqemu_loader_host_NativeHost_##name
#define UNUSED(receiver) (void) env, (void) receiver

NATIVE(jlong, syscall)(JNIEnv *env, jobject self, jint number, jlong a0, jlong a1, jlong a2, jlong a3, jlong a4,
                          jlong a5) {
    UNUSED(self);
    return jq_syscall(number, a0, a1, a2, a3, a4, a5);
}

NATIVE(jlong, interruptibleSyscall)(JNIEnv *env, jobject self, jlong slot, jint number, jlong a0, jlong a1,
                                       jlong a2, jlong a3, jlong a4, jlong a5) {
    UNUSED(self);
    return jq_syscall_interruptible((struct jq_slot *) slot, number, a0, a1, a2, a3, a4, a5);
}

NATIVE(jint, copyFromHost)(JNIEnv *env, jclass type, jlong source, jbyteArray target, jint offset, jint length) {
    UNUSED(type);
    unsigned char *bytes = (*env)->GetPrimitiveArrayCritical(env, target, 0);
    if (!bytes) {
        return -JQ_EFAULT;
    }
    jint result = (jint) jq_copy(bytes + offset, (const void *) source, (unsigned long) length);
    (*env)->ReleasePrimitiveArrayCritical(env, target, bytes, 0);
    return result;
}

NATIVE(jint, copyToHost)(JNIEnv *env, jclass type, jlong target, jbyteArray source, jint offset, jint length) {
    UNUSED(type);
    unsigned char *bytes = (*env)->GetPrimitiveArrayCritical(env, source, 0);
    if (!bytes) {
        return -JQ_EFAULT;
    }
    jint result = (jint) jq_copy((void *) target, bytes + offset, (unsigned long) length);
    (*env)->ReleasePrimitiveArrayCritical(env, source, bytes, JNI_ABORT);
    return result;
}

NATIVE(jint, copyStringFromHost)(JNIEnv *env, jclass type, jlong source, jbyteArray target, jint offset, jint limit) {
    UNUSED(type);
    unsigned char *bytes = (*env)->GetPrimitiveArrayCritical(env, target, 0);
    if (!bytes) {
        return -JQ_EFAULT;
    }
    jint result = (jint) jq_copy_string(bytes + offset, (const void *) source, (unsigned long) limit);
    (*env)->ReleasePrimitiveArrayCritical(env, target, bytes, 0);
    return result;
}

NATIVE(jlong, loadOr)(JNIEnv *env, jobject self, jlong address, jint size, jlong otherwise) {
    UNUSED(self);
    uint64_t value;
    return jq_load((const void *) address, size, &value) == 0 ? (jlong) value : otherwise;
}

NATIVE(jint, store)(JNIEnv *env, jobject self, jlong address, jint size, jlong value) {
    UNUSED(self);
    return (jint) jq_store((void *) address, size, (uint64_t) value);
}

NATIVE(jint, compareAndExchange16)(JNIEnv *env, jobject self, jlong address, jlongArray operands) {
    UNUSED(self);
    jlong values[4];
    (*env)->GetLongArrayRegion(env, operands, 0, 4, values);
    jint result = (jint) jq_compare_and_exchange_16((void *) address, (uint64_t *) values);
    (*env)->SetLongArrayRegion(env, operands, 0, 2, values);
    return result;
}

NATIVE(void, attach)(JNIEnv *env, jclass type, jlong slot) {
    UNUSED(type);
    jq_self = (struct jq_slot *) slot;
}

NATIVE(jlong, installFaultHandler)(JNIEnv *env, jobject self, jlong base, jlong size) {
    UNUSED(self);
    return jq_install_fault_handler((uint64_t) base, (uint64_t) size);
}

NATIVE(void, selectFaultMode)(JNIEnv *env, jclass type, jint mode) {
    UNUSED(type);
    jq_set_fault_mode(mode);
}

NATIVE(jlong, selectSignalAction)(JNIEnv *env, jclass type, jint signal, jint action, jlong flags) {
    UNUSED(type);
    return jq_set_action(signal, action, (unsigned long) flags);
}

NATIVE(jlong, setSignalMask)(JNIEnv *env, jobject self, jlong mask) {
    UNUSED(self);
    return (jlong) jq_set_mask((uint64_t) mask);
}

NATIVE(jlong, premaskThreads)(JNIEnv *env, jobject self) {
    UNUSED(self);
    return jq_premask();
}

NATIVE(void, dieBySignal)(JNIEnv *env, jobject self, jint signal) {
    UNUSED(self);
    jq_die(signal);
}

NATIVE(jlong, startAgent)(JNIEnv *env, jclass type, jlong agent, jlong size, jlong flags) {
    UNUSED(type);
    return jq_start_agent((struct jq_agent *) agent, (unsigned long) size, (unsigned long) flags);
}

NATIVE(jboolean, askAgent)(JNIEnv *env, jclass type, jlong agent, jlong calls, jlong count, jlong undo, jlong undo_count) {
    UNUSED(type);
    return (jboolean) jq_ask_agent((struct jq_agent *) agent, (struct jq_call *) calls, count, (struct jq_call *) undo,
                                   undo_count);
}

NATIVE(void, runCalls)(JNIEnv *env, jclass type, jlong calls, jlong count, jlong undo, jlong undo_count) {
    UNUSED(type);
    jq_run((struct jq_call *) calls, count, (struct jq_call *) undo, undo_count);
}

#ifdef __x86_64__
/* For the decoder's test: the length of the instruction in `code`, and 256 more where it writes memory. */
NATIVE(jint, decode)(JNIEnv *env, jclass type, jbyteArray code) {
    UNUSED(type);
    unsigned char bytes[32] = {0};
    greg_t registers[NGREG] = {0};
    struct jq_insn insn;
    jsize length = (*env)->GetArrayLength(env, code);
    (*env)->GetByteArrayRegion(env, code, 0, length < 16 ? length : 16, (jbyte *) bytes);
    jq_decode(bytes, registers, &insn);
    return insn.length + (insn.writes ? 256 : 0);
}
#else
NATIVE(jint, decode)(JNIEnv *env, jclass type, jbyteArray code) {
    UNUSED(type);
    (void) code;
    return 4;
}
#endif
