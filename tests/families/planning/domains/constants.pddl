; constants of the domain in actions
(define (domain constants) (:requirements :typing) (:types key tool - item)
  (:constants master - key hammer - tool)
  (:predicates (held ?i - item) (shut) (broken ?i - item))
  (:action grab :parameters (?i - item) :precondition (shut) :effect (held ?i))
  (:action unlock :parameters () :precondition (and (held master) (shut)) :effect (not (shut)))
  (:action slam :parameters () :precondition (held hammer)
    :effect (and (shut) (not (held hammer)) (broken hammer)))
  (:action let-go :parameters (?k - key) :precondition (held ?k) :effect (not (held ?k))))

(define (problem constants-1) (:domain constants)
  (:objects spare - key saw - tool) (:init (shut))
  (:goal (and)))
